"""The kernel of a notebook's worker: no request is lost in it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import zmq
from jupyter_client.session import Session

from grader.sandbox import wire
from grader.sandbox.inside import driver

# As serve() does, in a process of its own: an ipykernel is a process's only one. ZeroMQ's sockets belong to one thread
# at a time, so a callback may be registered by a loop's own thread, or while that loop's thread does not run.
REGISTERED = """
import json, os, sys, threading
from zmq.eventloop.zmqstream import ZMQStream
from grader.sandbox.inside import driver, kernel

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


@pytest.mark.slow
def test_no_socket_is_touched_by_two_threads(tmp_path: Path) -> None:
    command = [sys.executable, "-c", REGISTERED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found["registered"]) >= 3
    assert all(found["registered"])
    assert found["running"] == [True, True]


def drowsy_kernel(address: str, stop: threading.Event) -> None:
    """Answers as a kernel does, but overlooks every request until the next one comes."""
    context, session = zmq.Context(), Session(key=driver.KEY)
    shell, iopub = context.socket(zmq.ROUTER), context.socket(zmq.XPUB)
    shell.bind(f"ipc://{address}-1")
    iopub.bind(f"ipc://{address}-3")
    iopub.recv()  # the subscriber is there
    session.send(iopub, "iopub_welcome", {}, ident=b"")
    overlooked = None
    while not stop.is_set():
        if not shell.poll(50):
            continue
        idents, parts = session.feed_identities(shell.recv_multipart())
        request = session.deserialize(parts)
        overlooked, now = (idents, request), overlooked
        if now is not None and now[1]["msg_type"] == "execute_request":
            session.send(iopub, "status", {"execution_state": "idle"}, parent=now[1])
            session.send(shell, "execute_reply", {"status": "ok"}, parent=now[1], ident=now[0])
    context.destroy(linger=0)


def test_a_request_that_the_kernel_overlooks_is_brought_to_its_mind(tmp_path: Path) -> None:
    address, stop = str(tmp_path / "ipc"), threading.Event()
    kernel = threading.Thread(target=drowsy_kernel, args=(address, stop))
    kernel.start()

    async def drive() -> Any:
        client = driver._client(address)
        await driver._connect(client)
        try:
            return await driver._run(client, wire.RunCell(source="1", seconds=10.0, outputs=False))
        finally:
            client.kc.stop_channels()
            for owner in (client.kc, client.km):
                owner.context.destroy(linger=0)

    try:
        ran = asyncio.run(asyncio.wait_for(drive(), 30))
    finally:
        stop.set()
        kernel.join()
    assert (ran.raised, ran.interrupted) == (None, False)
