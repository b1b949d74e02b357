# attack: find the kernel's sockets, and a neighbour's, and connect to them
# verdict: failed, error
# %%
import glob
import os
import socket

reached = []
for fd in range(3, 256):
    try:
        name = socket.socket(fileno=os.dup(fd)).getsockname()
    except OSError:
        continue
    for path in (name, *glob.glob("/tmp/grade-*/*/.kernel/*"), *glob.glob("/student/.kernel/*"), "__DECOY__/service"):
        try:
            line = socket.socket(socket.AF_UNIX)
            line.connect(path)
            line.sendall(b"reached")
            reached.append(path)
        except (OSError, TypeError):
            pass


# %%
def gradient_at(x, y):
    return tuple(reached)
