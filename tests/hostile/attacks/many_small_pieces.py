# attack: take all the memory bit by bit
# verdict: error, crashed, timeout, failed
def gradient_at(x, y):
    hoard = []
    while True:
        hoard.append(bytearray(1 << 20))
