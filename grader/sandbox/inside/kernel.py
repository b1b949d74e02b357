"""Worker side: a real ipykernel in a worker that was forked from the zygote, for a submission that is a notebook.

    the trusted side ── line ──► the driver: nbclient (`driver.py`) ── ipc ──► the kernel: this process

The driver, forked from this process before any student code runs, executes the cells that the trusted side sends. When
it has ended, this process leaves the kernel's loop and answers questions about the kernel's namespace on the same line,
as the worker of a .py file does.

Its sockets are opened before the system call filter is: the kernel takes over listening ones (ZMQ_USE_FD), so student
code needs no right to open any.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sys
import threading
from typing import Any

import msgspec
import zmq
from ipykernel.compiler import XCachingCompiler
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.utils.text import SList
from tornado.ioloop import IOLoop
from traitlets import Type
from traitlets.config import Config

from grader.sandbox import wire
from grader.sandbox.inside import desktop, driver, worker

_M_ARENA_MAX = -8
_NO_PROGRAMS = "No programs can be started where your work is graded, so this line was left out: {}"
_NO_PROGRAM_MAGICS = ("bash", "sh", "script", "perl", "ruby", "python", "python2", "python3", "pypy", "html_remote")
_INSTALLERS = ("conda", "mamba", "micromamba", "pip", "uv")
_RAISED = "grader_raised"
"""Where an execute_reply holds the exception as data."""


class CellCompiler(XCachingCompiler):
    """Names code after its cell: students read `cell 3, line 2`."""

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        """The file name of a cell's code; its source is in linecache under this name."""
        return f"<cell {number}>"


class Shell(ZMQInteractiveShell):
    """IPython without programs, without a history file, and with a kernel that does not end."""

    def ask_exit(self) -> None:
        """What exit() and quit() call: later cells still run."""
        sys.stderr.write("exit() and quit() do nothing here: later cells still run.\n")

    def system_piped(self, cmd: str) -> None:
        """`!command`: refused, with a sentence."""
        sys.stderr.write(_NO_PROGRAMS.format("!" + cmd) + "\n")
        self.user_ns["_exit_code"] = 1

    system = system_raw = system_piped

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """`lines = !command`: refused, with a sentence."""
        self.system_piped(cmd)
        return SList() if split else ""

    def init_magics(self) -> None:
        """IPython's own, but for those that start programs, and the grader's own, which do nothing while grading."""
        super().init_magics()

        def refuse(line: str, cell: str = "") -> None:
            sys.stderr.write(_NO_PROGRAMS.format(cell.strip().split("\n")[0]) + "\n")

        for name in _NO_PROGRAM_MAGICS:
            self.magics_manager.register_function(refuse, "cell", name)
        for name in _INSTALLERS:
            self.magics_manager.register_function(lambda line: refuse(f"%… {line}"), "line", name)
        self.magics_manager.register_function(lambda line: None, "line", "grade")
        draw = self.find_line_magic("matplotlib")

        def matplotlib(line: str) -> Any:
            """Plots that are to be shown in a window or a widget are drawn into the notebook."""
            return draw("inline" if desktop.needs_a_window(line.strip()) else line)

        self.magics_manager.register_function(matplotlib, "line", "matplotlib")

    def init_extension_manager(self) -> None:
        """`%load_ext grader` does nothing: a notebook is graded here, not the other way round.

        Nor does that of what is not installed, which serves the writing of a notebook and not what it computes.
        """
        super().init_extension_manager()
        assert self.extension_manager is not None
        load = self.extension_manager.load_extension

        def load_if_there(name: str) -> Any:
            if name == "grader":
                return None
            try:
                return load(name)
            except ModuleNotFoundError:
                sys.stderr.write(f"{name} is not installed here, so this line was left out.\n")
                return None

        self.extension_manager.load_extension = load_if_there


class Kernel(IPythonKernel):
    """Answers nbclient; keeps what a cell raised as data; neither asks anyone for input nor ends when told to."""

    shell_class = Type(Shell)
    compiler_class = Type(CellCompiler)

    def start(self) -> None:
        """Begin to listen."""
        self._last: Any = None
        assert self.shell is not None
        self.shell.events.register("post_run_cell", lambda result: setattr(self, "_last", result))
        super().start()
        self.control_thread.start()
        self.shell_channel_thread.start()

    async def do_execute(self, code: str, silent: bool, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Execute a cell; the reply holds the exception, if there was one, as a `wire.Raised`."""
        self._last = None
        reply: dict[str, Any] = await super().do_execute(code, silent, *args, **kwargs)
        error = self._last and (self._last.error_before_exec or self._last.error_in_exec)
        if error is not None:
            reply[_RAISED] = msgspec.to_builtins(worker.describe_exception(error, ""))
            error.__traceback__ = None  # or the cell's locals would stay
        return reply

    def raw_input(self, prompt: str = "") -> str:
        """input(): nobody is there to type."""
        raise EOFError("EOF when reading a line")

    def getpass(self, *args: Any, **kwargs: Any) -> str:
        """getpass(): nobody is there to type."""
        raise EOFError("EOF when reading a line")

    async def shutdown_request(self, stream: Any, ident: Any, parent: Any) -> None:
        """The kernel ends when the driver does."""

    def _send_interrupt_children(self) -> None:
        # To the main thread of this process: kill() may be refused here.
        ident = threading.main_thread().ident
        assert ident is not None
        signal.pthread_kill(ident, signal.SIGINT)


class Application(IPKernelApp):
    """ipykernel on sockets that are open already; it reads no configuration and writes no connection file."""

    kernel_class = Type(Kernel)
    listeners: dict[int, socket.socket]
    """Port → listening socket."""

    def load_config_file(self, *args: Any, **kwargs: Any) -> None:
        """None."""

    def init_crash_handler(self) -> None:
        """None."""

    def init_connection_file(self) -> None:
        """None: the driver knows the sockets."""

    def write_connection_file(self, **kwargs: Any) -> None:
        """None."""

    def init_heartbeat(self) -> None:
        """None: the driver is this process's child, and sees it die."""

    def init_poller(self) -> None:
        """None: this process ends with its parent anyway."""

    def log_connection_info(self) -> None:
        """There is nobody to tell."""

    def _bind_socket(self, s: Any, port: int) -> int:
        s.setsockopt(zmq.USE_FD, self.listeners[port].detach())
        return int(super()._bind_socket(s, port))

    def init_kernel(self) -> None:
        """As ipykernel does, but no thread touches a socket that this one has yet to register.

        ZeroMQ's sockets are not to be shared: one request in some 400 was lost, and its cell waited until its time was
        up. The threads are started when everything is registered, in `Kernel.start`.
        """
        threads = (self.control_thread, self.shell_channel_thread)
        for thread in threads:
            thread.start = lambda: None
        super().init_kernel()
        for thread in threads:
            del thread.start

    def init_iopub(self, context: Any) -> None:
        """As ipykernel does, but without the pipe for child processes: a TCP socket, which aborts libzmq if refused."""
        self.iopub_socket = context.socket(zmq.XPUB)
        self.iopub_socket.linger = 1000
        self.iopub_port = self._bind_socket(self.iopub_socket, self.iopub_port)
        self.configure_tornado_logger()
        self.iopub_thread = IOPubThread(self.iopub_socket, pipe=False, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket


def serve(line: socket.socket, home: str, beside: driver.Beside) -> None:
    """Be a kernel until the driver has ended, then answer questions until the trusted side hangs up."""
    received = worker.receive(line)
    if received is None:
        return
    request = received[0]
    assert isinstance(request, wire.Load)
    answerer = worker.Answerer(line, home)
    path = answerer.prepare(request, meanwhile=beside.pair)
    application = _application(home, beside, pictures=request.pictures)
    shell = application.kernel.shell
    # Code that looks its own source up by the module's file (inspect.getsource of a class) finds all cells there.
    shell.user_module.__file__ = path
    own = frozenset(shell.user_ns)
    IOLoop.current().add_handler(beside.pair.fileno(), lambda *_: IOLoop.current().stop(), IOLoop.READ)
    worker.seed_all(request.seed, request.device)
    line.sendall(wire.frame(wire.Done(None)))
    beside.pair.sendall(driver.GO)
    application.start()
    application.close()
    beside.pair.close()
    if not _ended_well(beside.pid):
        return  # whoever asked for a cell gets no answer any more
    answerer.adopt(shell.user_module, own)
    worker.serve(line, answerer)


def _ended_well(driver_pid: int) -> bool:
    try:
        return os.waitpid(driver_pid, 0)[1] == 0
    except ChildProcessError:  # the student's code ignores SIGCHLD, or has waited for it
        return True


def _application(home: str, beside: driver.Beside, *, pictures: bool) -> Application:
    # glibc reserves 64 MB of address space for each thread that allocates; the kernel's threads are the grader's.
    with contextlib.suppress(AttributeError, OSError):  # another system's C library has no such thing
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
    os.environ["IPYTHONDIR"] = os.path.join(home, ".ipython")
    config = Config()
    if pictures:
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    else:
        config.InteractiveShell.xmode = "Minimal"  # nobody reads tracebacks that are not kept
    config.HistoryManager.enabled = False
    application: Application = Application.instance(
        config=config, transport="ipc", ip=beside.address, capture_fd_output=False, quiet=False, **driver.PORTS
    )
    application.session.key = driver.KEY
    application.listeners = beside.listeners
    application.initialize([])
    return application
