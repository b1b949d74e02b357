# attack: confuse the reader with random bytes
# verdict: failed, crashed, error, timeout
import os


def gradient_at(x, y):
    os.write(3, os.urandom(4096))
