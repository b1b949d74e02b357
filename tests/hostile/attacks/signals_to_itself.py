# attack: interrupt whoever answers, a thousand times a second, with an exception
# verdict: failed, error, crashed, timeout
import signal
import time


def gradient_at(x, y):
    signal.signal(signal.SIGALRM, lambda *_: 1 / 0)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    time.sleep(0.1)
    return 1.0, 1.0
