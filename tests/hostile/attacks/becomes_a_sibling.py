# attack: have children that are the grader's, not its own, and that outlive it
# verdict: failed
import ctypes
import os
import time

CLONE_PARENT, SIGCHLD = 0x00008000, 17
CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
libc = ctypes.CDLL(None)
for _ in range(3):
    if libc.syscall(CLONE, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0) == 0:
        while True:
            time.sleep(1)
for _ in range(3):
    if os.fork() == 0:
        if os.fork() == 0:
            while True:
                time.sleep(1)
        os._exit(0)


def gradient_at(x, y):
    return None
