# attack: take away from the worker what it needs to answer, and fill its pipe without waiting
# verdict: failed, error, crashed, timeout
import fcntl
import os
import resource


def gradient_at(x, y):
    for fd in (1, 2):
        fcntl.fcntl(fd, 1031, 4096)  # F_SETPIPE_SZ
        os.set_blocking(fd, False)
    try:
        while True:
            os.write(1, bytes(4096))
    except BlockingIOError:
        pass
    for name in dir(resource):
        if name.startswith("RLIMIT_"):
            try:
                resource.setrlimit(getattr(resource, name), (0, 0))
            except (OSError, ValueError):
                pass
