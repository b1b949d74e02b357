"""The kernel of a notebook's worker: no request is lost in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

# As serve() does, in a process of its own: an ipykernel is a process's only one. ZeroMQ's sockets belong to one thread
# at a time, so a callback may be registered by a loop's own thread, or while that loop's thread does not run.
REGISTERED = """
import json, os, sys, threading
from zmq.eventloop.zmqstream import ZMQStream
from grader.sandbox import driver, kernel

threads, registered = {}, []
original = ZMQStream.on_recv

def on_recv(stream, callback, copy=True):
    owner = threads.get(stream.io_loop)
    registered.append(owner is None or not owner.is_alive() or owner is threading.current_thread())
    return original(stream, callback, copy)

ZMQStream.on_recv = on_recv
home = sys.argv[1]
folder = os.path.join(home, ".kernel")
os.mkdir(folder)
address = os.path.join(folder, "ipc")
listeners = {port: driver._listen(f"{address}-{port}") for port in driver.PORTS.values()}
ours, theirs = driver.socket.socketpair()
beside = driver.Beside(os.getpid(), ours, address, listeners)
application = kernel._application(home, beside, pictures=False)
mine = (application.control_thread, application.shell_channel_thread)
threads.update({thread.io_loop: thread for thread in mine})
application.kernel.start()
running = [thread.is_alive() for thread in mine]
application.close()
os.write(1, json.dumps({"registered": registered, "running": running}).encode())
os._exit(0)
"""


def test_no_socket_is_touched_by_two_threads(tmp_path: Path) -> None:
    command = [sys.executable, "-c", REGISTERED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found["registered"]) >= 3
    assert all(found["registered"])
    assert found["running"] == [True, True]
