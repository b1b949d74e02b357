# attack: never answer, and ignore every signal
# verdict: timeout, failed
import signal

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def gradient_at(x, y):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
