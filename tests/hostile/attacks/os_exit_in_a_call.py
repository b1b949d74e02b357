# attack: the same, past every handler
# verdict: crashed, failed
import os


def gradient_at(x, y):
    os._exit(0)
