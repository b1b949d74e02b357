# attack: stop, with every child, where nobody can wait for the end
# verdict: timeout, failed
import os
import signal
import threading
import time


def gradient_at(x, y):
    for _ in range(4):
        if os.fork() == 0:
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
            os.kill(os.getpid(), signal.SIGSTOP)
    threading.Thread(target=lambda: time.sleep(1000)).start()
    os.kill(0, signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGSTOP)
    time.sleep(1000)
