# attack: announce a reply of 4 GB and hope that room is made for it
# verdict: failed, crashed, timeout
import os


def gradient_at(x, y):
    os.write(3, b"\xff" * 8 + b"x" * 1000)
