# attack: leave folders behind that cannot be listed, so that they are never tidied up
# verdict: failed
import os

for number in range(10):
    os.mkdir(f"closed{number}", 0o700)
    os.mkdir(f"closed{number}/in", 0o300)
    with open(f"closed{number}/in/file", "w") as file:
        file.write("still here")
os.mkdir("empty", 0)
os.umask(0o777)
with open("unreadable", "w") as file:
    file.write("still here")


def gradient_at(x, y):
    return None
