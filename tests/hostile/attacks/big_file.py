# attack: fill the disk with one file
# verdict: error, crashed, failed
def gradient_at(x, y):
    with open("big", "wb") as file:
        for _ in range(1024):
            file.write(bytes(1 << 20))
