# attack: close every descriptor
# verdict: crashed, failed, error
import os


def gradient_at(x, y):
    os.closerange(0, 256)
    return 1.0, 1.0
