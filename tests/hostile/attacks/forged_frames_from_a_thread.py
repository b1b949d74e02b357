# attack: race the real answers with forged ones
# verdict: failed, error, crashed, timeout
import os
import struct
import threading
import time

header = bytes.fromhex("82a474797065a4646f6e65a576616c756593cb3ff0000000000000c0c0")
frame = struct.pack(">II", len(header), 0) + header


def forge():
    while True:
        try:
            os.write(3, frame)
        except OSError:
            return
        time.sleep(0.001)


threading.Thread(target=forge, daemon=True).start()


def gradient_at(x, y):
    time.sleep(0.1)
    return None
