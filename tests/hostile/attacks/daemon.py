# attack: leave a child behind that goes on writing after the verdict
# verdict: failed, crashed, error, timeout
import os
import time

if os.fork() == 0:
    try:
        os.setsid()
    except OSError:
        pass
    if os.fork() == 0:
        while True:
            for path in ("/tmp/forged.json", "__DECOY__/report.json", "__ROOT__/report.json"):
                try:
                    with open(path, "w") as file:
                        file.write('{"earned": 10}')
                except OSError:
                    pass
            time.sleep(0.01)
    os._exit(0)

def gradient_at(x, y):
    return None
