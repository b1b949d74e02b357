"""Worker side: nbclient, in a process beside the kernel's, executes the cells that the trusted side sends one by one.

It is confined as the kernel is and runs none of the student's code, but reads whatever the kernel sends: messages
without end, outputs of any size, forged replies. All that ends here, within this process's limits: the trusted side
reads one frame per cell, capped as every frame is.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, NoReturn

import msgspec
import nbformat
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from nbclient.client import NotebookClient
from nbclient.exceptions import CellTimeoutError

from grader.sandbox import wire
from grader.sandbox.inside import notices, worker

PORTS: Final = {"shell_port": 1, "stdin_port": 2, "iopub_port": 3, "hb_port": 4, "control_port": 5}
KEY: Final = b"both ends are this worker's own"
GO: Final = b"g"
_START_TIMEOUT_S: Final = 30
_NUDGES_S: Final = (1.0, 2.0, 4.0)
"""When a cell has not ended, the kernel is sent a request that wakes it, should it have overlooked the first one."""
_NOTICES_CAP: Final = 1 << 16
_LAST_BREATH_S: Final = 0.05
_INTERRUPTED: Final = "interrupted after its time"


@dataclass(frozen=True)
class Beside:
    """The kernel's end of a driver: its process, a socket that tells when it has ended, and what it connects to."""

    pid: int
    pair: socket.socket
    address: str
    listeners: dict[int, socket.socket]


def fork(line: socket.socket, home: str, confine: Callable[[], None]) -> Beside:
    """Fork a driver from the process that is to be the kernel.

    Args:
        line: to the trusted side; the driver answers on it until the cells have ended.
        home: the worker's folder.
        confine: the last layer, to be put on by the driver; everything before is in force already.
    """
    folder = os.path.join(home, ".kernel")
    os.mkdir(folder)
    address = os.path.join(folder, "ipc")
    listeners = {port: _listen(f"{address}-{port}") for port in PORTS.values()}
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return Beside(pid, ours, address, listeners)
    try:
        ours.close()
        for listener in listeners.values():
            listener.close()
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        confine()
        _drive(line, theirs, address)
    finally:
        os._exit(1)


def _listen(path: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(4)
    return listener


class _Provisioner(KernelProvisionerBase):
    """The kernel is the process that this one was forked from, and runs already."""

    kernel_pid = 0

    @property
    def has_process(self) -> bool:
        return True

    async def poll(self) -> int | None:
        return None if os.getppid() == self.kernel_pid else 1

    async def wait(self) -> int | None:
        return None

    async def send_signal(self, signum: int) -> None:
        """Interrupts are messages here, and nothing else is sent."""

    async def kill(self, restart: bool = False) -> None:
        """The trusted side ends workers."""

    async def terminate(self, restart: bool = False) -> None:
        """The trusted side ends workers."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        return {"cmd": [], **kwargs}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:
        """Nothing of its own to tidy up."""


class _KernelClient(AsyncKernelClient):
    """Two channels are enough: nobody types, and the kernel's death is seen without a heartbeat."""

    def start_channels(self, *args: Any, **kwargs: Any) -> None:
        super().start_channels(stdin=False, hb=False)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Until the kernel has greeted its subscriber: from then on no output is lost (ipykernel 7 or later)."""
        while (await self.iopub_channel.get_msg(timeout=timeout))["msg_type"] != "iopub_welcome":
            pass


class _KernelManager(AsyncKernelManager):
    """Manages the one kernel that there is."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=[], language="python", interrupt_mode="message")


class _NotebookClient(NotebookClient):
    """nbclient with a bound on what a cell may put out, and without widgets."""

    room = 0
    """Bytes of outputs that the current cell may still put out."""
    seconds = 0.0
    interrupted = False

    def _get_timeout(self, cell: Any) -> Any:
        return self.seconds  # as `timeout_func`, which must give an int

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        if msg["msg_type"] == "status":
            return super().process_message(msg, cell, cell_index)
        if msg["msg_type"] not in ("stream", "display_data", "update_display_data", "execute_result", "error"):
            return None
        self.room -= _size(msg["content"])
        return super().process_message(msg, cell, cell_index) if self.room > 0 else None

    async def _async_handle_timeout(self, timeout: int, cell: Any = None) -> Any:
        self.interrupted = True
        return await super()._async_handle_timeout(timeout, cell)


def _size(content: Any) -> int:
    """About how many bytes of JSON."""
    if isinstance(content, dict):
        return sum(len(str(key)) + _size(value) for key, value in content.items())
    if isinstance(content, list):
        return sum(map(_size, content))
    return len(content) if isinstance(content, str) else 8


def _client(address: str) -> _NotebookClient:
    notebook = nbformat.v4.new_notebook()
    manager = _KernelManager(transport="ipc", ip=address, **PORTS)
    manager.session.key = KEY
    manager.client_factory = _KernelClient
    manager.provisioner = provisioner = _Provisioner(parent=manager)
    provisioner.kernel_pid, provisioner.connection_info = os.getppid(), manager.get_connection_info()
    return _NotebookClient(
        notebook, km=manager, allow_errors=True, interrupt_on_timeout=True, startup_timeout=_START_TIMEOUT_S,
        iopub_timeout=1, coalesce_streams=True, record_timing=False,
    )  # fmt: skip


def _drive(line: socket.socket, pair: socket.socket, address: str) -> NoReturn:
    """Execute cells until there are no more."""
    client = _client(address)
    with asyncio.Runner() as runner:
        runner.run(_connect(client))
        shutil.rmtree(os.path.dirname(address), ignore_errors=True)
        if pair.recv(1) != GO:
            os._exit(1)
        while (received := worker.receive(line)) is not None:
            match received[0]:
                case wire.RunCell() as request:
                    # What a cell says is told before it runs, and what it does as soon as it has: neither can be undone
                    # by what comes later.
                    _tell(line, notices.read(request.source.encode("utf-8", "replace")))
                    ran = runner.run(_run(client, request))
                    _tell(line, _noticed(pair))
                    line.sendall(wire.frame(ran))
                case wire.EndCells():
                    _tell(line, _noticed(pair))
                    line.sendall(wire.frame(wire.Done(None)))
                    os._exit(0)
                case _:
                    break
    os._exit(1)


def _tell(line: socket.socket, noticed: Iterable[tuple[str, int]]) -> None:
    for what, where in noticed:
        line.sendall(wire.frame(wire.Noticed(what, where)))


def _noticed(pair: socket.socket) -> list[tuple[str, int]]:
    """What the kernel has told so far; that its end was closed is something to be told of, too."""
    try:
        data = pair.recv(_NOTICES_CAP, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return []
    if data:
        return list(notices.heard(data))
    kernel = os.getppid()
    time.sleep(_LAST_BREATH_S)  # a kernel that ends closes its files first
    return [(notices.GRADER, 0)] if os.getppid() == kernel else []


async def _connect(client: NotebookClient) -> None:
    await client.async_start_new_kernel()
    await client.async_start_new_kernel_client()


async def _run(client: _NotebookClient, request: wire.RunCell) -> wire.Ran:
    replies: list[Any] = []
    client.seconds = request.seconds
    client.on_cell_executed = lambda cell, cell_index, execute_reply: replies.append(execute_reply)
    client.room = wire.CELL_OUTPUTS_CAP if request.outputs else 0
    client.interrupted = False
    cell = nbformat.v4.new_code_cell(request.source)
    client.nb.cells.append(cell)
    nudging = asyncio.create_task(_nudge(client.kc))
    with contextlib.suppress(CellTimeoutError):
        await client.async_execute_cell(cell, len(client.nb.cells) - 1)
    nudging.cancel()
    outputs, cell.outputs = cell.outputs, []
    raised = None
    with contextlib.suppress(LookupError, TypeError, msgspec.ValidationError):
        raised = msgspec.convert(replies[0]["content"]["grader_raised"], wire.Raised)
    return wire.Ran(
        raised=raised, interrupted=client.interrupted, outputs=_as_json(outputs) if request.outputs else b""
    )


async def _nudge(kernel: Any) -> None:
    """ZeroMQ tells of a message once; whoever overlooks it, on either side, hears of it with the next one."""
    for pause in _NUDGES_S:
        await asyncio.sleep(pause)
        kernel.kernel_info()


def _as_json(outputs: Any) -> bytes:
    data = json.dumps(outputs).encode()
    return data if len(data) <= wire.CELL_OUTPUTS_CAP else b"[]"
