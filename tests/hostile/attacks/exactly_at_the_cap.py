# attack: send as much as is just allowed, and nonsense
# verdict: failed
import os
import struct


def gradient_at(x, y):
    os.write(3, struct.pack(">II", 1 << 20, 64 << 20))
    piece = bytes(1 << 20)
    for _ in range(65):
        data = memoryview(piece)
        while data:
            data = data[os.write(3, data) :]
