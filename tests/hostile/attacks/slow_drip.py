# attack: answer one byte at a time, for ever
# verdict: timeout, failed
import os
import struct
import time


def gradient_at(x, y):
    os.write(3, struct.pack(">II", 1000, 0))
    while True:
        os.write(3, b"x")
        time.sleep(0.05)
