# attack: tell the grader of a cell's outputs by the megabyte, where none were asked for
# verdict: failed, error, crashed, timeout
# %%
import os
import struct

outputs = b"[" * 900_000
header = bytes.fromhex("82a474797065a372616ea76f757470757473c6") + struct.pack(">I", len(outputs)) + outputs
frame = struct.pack(">II", len(header), 0) + header
while True:
    os.write(3, frame)


# %%
def gradient_at(x, y):
    return None
