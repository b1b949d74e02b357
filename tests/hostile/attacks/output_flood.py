# attack: print for ever
# verdict: timeout, failed
import os


def gradient_at(x, y):
    while True:
        os.write(1, b"PASSED\n" * 10_000)
