# attack: read the grader's questions before the driver does, and say that every cell ran
# verdict: failed, error, crashed, timeout
# %%
import os
import struct
import threading

ran = bytes.fromhex("81a474797065a372616e")  # {"type": "ran"}
done = bytes.fromhex("82a474797065a4646f6e65a576616c7565c3")  # {"type": "done", "value": true}


def answer():
    while True:
        try:
            question = os.read(3, 1 << 16)
        except OSError:
            return
        reply = ran if b"run_cell" in question else done
        os.write(3, struct.pack(">II", len(reply), 0) + reply)


for _ in range(4):
    threading.Thread(target=answer, daemon=True).start()


# %%
def gradient_at(x, y):
    return True
