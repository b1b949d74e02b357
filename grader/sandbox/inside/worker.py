"""The worker: answers the trusted side's questions about one submission. Runs beside student code; holds no secret.

Whatever it says may be a lie: student code shares its process. The trusted side treats every reply as a claim.
"""

from __future__ import annotations

import contextlib
import difflib
import importlib.util
import linecache
import os
import random
import re
import socket
import sys
import threading
import traceback
import types
from collections.abc import Callable, Mapping
from typing import Any

from grader.sandbox import wire
from grader.sandbox.inside import notices
from grader.sandbox.inside.progress import watching
from grader.sandbox.inside.wording import suggestion, where_defined

_FRAMES_KEPT = 12
_SOURCE_CAP = 300
_MESSAGE_CAP = 2_000
_CELL = re.compile(r"<(cell \d+)>")


class NothingThere(Exception):
    """The submission has nothing by the name asked for."""

    def __init__(self, name: str, close: list[str], inside: str = "", line: int = 0) -> None:
        super().__init__(name)
        self.name = name
        self.close = close
        self.inside, self.line = inside, line


class Answerer:
    """One loaded submission and the objects that its answers left behind."""

    def __init__(self, line: socket.socket, home: str) -> None:
        # Here, since torch is there by now; and kept here, since later they are not to be found (`_take_notice`).
        from grader.sandbox import apparatus
        from grader.sandbox.inside import helpers, modules, neutral, values

        self._values, self._modules, self._neutral, self._shared = values, modules, neutral, (helpers, apparatus)
        self._line = line
        self._home = home
        self._module: types.ModuleType | None = None
        self._probes: types.ModuleType | None = None
        self._path = ""
        self._text = b""
        self._device = "cpu"
        self._own_names: frozenset[str] = frozenset()
        self._objects = values.ObjectStore()
        self._sending = threading.Lock()
        self._pending: list[wire.Reply] = []
        self._meanwhile: socket.socket | None = None

    def answer(self, request: wire.Request, blob: bytes, files: list[int]) -> bytes:
        """The reply to one request, as a frame. Never raises for anything that student code does."""
        packer = self._values.Packer(self._objects)
        try:
            unpacker = self._values.Unpacker(self._objects, blob, self._device, files)
            value = self._perform(request, unpacker.unpack, packer)
            return wire.frame(wire.Done(value), packer.blob())
        except NothingThere as missing:
            return wire.frame(
                wire.Missing(name=missing.name, close=missing.close, inside=missing.inside, line=missing.line)
            )
        except self._values.Unsendable as error:
            return wire.frame(wire.Untransferable(str(error)))
        except wire.WireError as error:
            return wire.frame(wire.Untransferable(str(error)))
        except BaseException as error:
            return wire.frame(describe_exception(error, self._path))
        finally:
            flush()

    # --- what can be asked ------------------------------------------------------------------------------------------

    def _perform(self, request: wire.Request, unpack: Callable[[Any], Any], packer: Any) -> wire.Value:
        match request:
            case wire.Load():
                self._load(request)
                return None
            case wire.Get():
                found = self._find(request.path, unpack)
                return packer.keep(found) if request.keep else packer.pack(found)  # type: ignore[no-any-return]
            case wire.Call():
                function = self._callee(request, unpack)
                args = [unpack(argument) for argument in request.args]
                kwargs = {name: unpack(argument) for name, argument in request.kwargs.items()}
                with watching(request.watch, self._names(), self._tell):
                    result = function(*args, **kwargs)
                return packer.keep(result) if request.keep else packer.pack(result)  # type: ignore[no-any-return]
            case wire.RunCell() | wire.EndCells():
                raise ValueError("this worker has no notebook whose cells it could run")
        modules = self._modules
        match request:
            case wire.Forward():
                module = self._objects.get(request.handle)
                args = [unpack(argument) for argument in request.args]
                if not request.backward:
                    return packer.pack(module(*args))  # type: ignore[no-any-return]
                upstream = unpack(request.upstream)
                return packer.pack(modules.backward(module, args, upstream))  # type: ignore[no-any-return]
            case wire.LoadParameters():
                tensors = [unpack(tensor) for tensor in request.tensors]
                return packer.pack(modules.load_by_shape(self._objects.get(request.handle), tensors))  # type: ignore[no-any-return]
            case wire.Describe():
                return packer.pack(modules.describe(self._objects.get(request.handle)))  # type: ignore[no-any-return]
            case wire.Differentiate():
                function = self._find(request.path, unpack)
                leaves = [unpack(leaf).requires_grad_(True) for leaf in request.leaves]
                before = [unpack(argument) for argument in request.before]
                return packer.pack(modules.differentiate(function, before, leaves))  # type: ignore[no-any-return]

    def prepare(self, request: wire.Load, meanwhile: socket.socket | None = None) -> str:
        """Write the submission's file, seed the random numbers, load the probes; the file's path.

        Args:
            request: what to load.
            meanwhile: where notices are sent until a module is adopted; None: over the line, as they come up.
        """
        import torch

        self._meanwhile = meanwhile
        self._device = request.device
        if request.threads > 1:
            # Safe here: the zygote computes with one thread, so the fork has lost no pool of threads.
            torch.set_num_threads(min(request.threads, os.cpu_count() or 1))
        self._path = os.path.join(self._home, request.name)
        with open(self._path, "wb") as file:
            file.write(request.source)
        self._text = request.source
        seed_all(request.seed, request.device)
        if request.probes:
            self._probes = types.ModuleType("probes")
            # torch.jit.script reads the source of what it compiles, and models may be made by probes.
            text = request.probes.decode()
            linecache.cache["probes.py"] = (len(text), None, text.splitlines(keepends=True), "probes.py")
            exec(compile(request.probes, "probes.py", "exec"), self._probes.__dict__)
        self._take_notice(request.source)
        sys.path.insert(0, self._home)
        sys.dont_write_bytecode = True
        # As `python file.py` has it: a program that looks at its arguments finds none, and nothing of the grader's.
        sys.argv = [request.name]
        sys.modules["__main__"] = types.ModuleType("__main__")
        return self._path

    def _tell(self, message: wire.Reply) -> None:
        with self._sending:
            self._line.sendall(wire.frame(message))

    def send(self, frame: bytes) -> None:
        """Send an answer; no notice of another thread gets into it."""
        with self._sending:
            self._line.sendall(frame)

    def _take_notice(self, source: bytes) -> None:
        """Before the student's code runs: tell what it says, listen to what it will do, and put our own out of view."""
        if self._meanwhile is None:  # a notebook's cells are read by the driver
            for what, line in notices.read(source):
                self._notice(what, line)
        notices.listen(lambda name: name == self._path or _CELL.fullmatch(name) is not None, self._notice)
        notices.hide()

    def _notice(self, what: str, line: int) -> None:
        if self._meanwhile is None:
            self._tell(wire.Noticed(what, line))
            return
        # While a notebook's cells run, the line is the driver's: it is told at once, so that no later cell can take
        # the notice back. Once more when the cells have ended, since a thread of theirs may be heard after the driver.
        self._pending.append(wire.Noticed(what, line))
        with contextlib.suppress(OSError):
            self._meanwhile.sendall(notices.told(what, line))

    def adopt(self, module: types.ModuleType, own: frozenset[str] = frozenset()) -> None:
        """Answer about this module from now on; the names `own` are in it, but are not the student's."""
        self._module, self._own_names = module, own
        # Whatever it has set for itself is for what follows in the file.
        self._neutral.restore(self._device)
        self._meanwhile = None
        while self._pending:
            self._tell(self._pending.pop(0))

    def _names(self) -> Mapping[str, Any]:
        return vars(self._module) if self._module else {}

    def _load(self, request: wire.Load) -> None:
        path, stem = self.prepare(request), request.name.removesuffix(".py")
        spec = importlib.util.spec_from_file_location(stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[stem] = module
        spec.loader.exec_module(module)
        self.adopt(module)

    def _callee(self, request: wire.Call, unpack: Callable[[Any], Any]) -> Callable[..., Any]:
        if request.probe:
            name = str(request.path[0])
            # An exercise's own helper first, then one that all exercises share.
            for place in (self._probes, *self._shared[:1]):
                if (found := getattr(place, name, None)) is not None:
                    return found  # type: ignore[no-any-return]
            return getattr(self._shared[-1], name)  # type: ignore[no-any-return]
        start = self._objects.get(request.handle) if request.handle is not None else self._module
        return self._find(request.path, unpack, start)  # type: ignore[no-any-return]

    def _find(self, path: list[wire.Value], unpack: Callable[[Any], Any], start: Any = None) -> Any:
        """Follow `path`: the first name in the submission, then keys of mappings and sequences, or attributes."""
        found: Any = self._module if start is None else start
        for step in path:
            key = unpack(step)
            if isinstance(found, Mapping):
                if key not in found:
                    raise NothingThere(f"{path[0]}[{key!r}]", _close_names(str(key), [str(name) for name in found]))
                found = found[key]
            elif isinstance(key, str):
                if not hasattr(found, key):
                    names = [name for name in dir(found) if not name.startswith("_") and name not in self._own_names]
                    inside, line = where_defined(self._text, key) if found is self._module else ("", 0)
                    line = 0 if self._own_names else line  # of a notebook it would be no line that its cells show
                    raise NothingThere(key, _close_names(key, names), inside, line)
                found = getattr(found, key)
            else:
                found = found[key]
        return found


# --- exceptions as data -----------------------------------------------------------------------------------------------


def describe_exception(error: BaseException, path: str) -> wire.Raised:
    """An exception as data, with the lines of the submission that it went through: of its file `path`, or its cells."""

    def label(name: str | None) -> str:
        """What a student calls the file of a piece of code; "" if it is not theirs."""
        if name == path:
            return os.path.basename(path)
        cell = _CELL.fullmatch(name or "")
        return cell[1] if cell else ""

    frames = [
        wire.Frame(
            file=file,
            line=entry.lineno or 0,
            function=entry.name[:_SOURCE_CAP],
            source=(entry.line or "").strip()[:_SOURCE_CAP],
        )
        for entry in traceback.extract_tb(error.__traceback__)
        if (file := label(entry.filename))
    ]
    line = column = text = None
    if isinstance(error, SyntaxError) and label(error.filename):
        line, column = error.lineno, error.offset
        text = (error.text or linecache.getline(error.filename or "", line or 0)).rstrip()[:_SOURCE_CAP]
    return wire.Raised(
        type_name=type(error).__name__[:_SOURCE_CAP],
        message=_message(error),
        suggestion=suggestion(error),
        bases=[base.__name__[:_SOURCE_CAP] for base in type(error).__mro__[:20]],
        frames=frames[-_FRAMES_KEPT:],
        line=line,
        column=column,
        text=text,
    )


def _message(error: BaseException) -> str:
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
        if isinstance(error, UnicodeError):
            text = str(getattr(error, "reason", ""))
        return text[:_MESSAGE_CAP].encode("utf-8", "backslashreplace").decode()
    except BaseException:
        return ""


def _close_names(wanted: str, names: list[str]) -> list[str]:
    folded = {name.casefold().replace("_", ""): name for name in names}
    exact = folded.get(wanted.casefold().replace("_", ""))
    return [exact] if exact else difflib.get_close_matches(wanted, names, n=2, cutoff=0.7)


def seed_all(seed: int, device: str) -> None:
    """A run must replay exactly from its seed, and forks must not share their parent's generator state."""
    import numpy.random
    import torch

    random.seed(seed)
    if device == "cpu":
        torch.default_generator.manual_seed(seed)  # torch.manual_seed also queues work for absent GPUs
    else:
        torch.manual_seed(seed)
    numpy.random.seed(seed % 2**32)


def flush() -> None:
    """Push what the student printed towards the grader before the answer goes out."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()


# --- the line to the trusted side -----------------------------------------------------------------------------------


def receive(line: socket.socket) -> tuple[wire.Request, bytes, list[int]] | None:
    """The next request, its tensors and its open files; None when the trusted side has hung up."""
    prefix, files, _, _ = socket.recv_fds(line, wire.PREFIX.size, wire.FILES_CAP)
    if not prefix:
        return None
    rest = _exactly(line, wire.PREFIX.size - len(prefix))
    if rest is None:
        return None
    prefix += rest
    header_size, blob_size = wire.sizes(prefix, wire.REQUEST_CAP)
    header, blob = _exactly(line, header_size), _exactly(line, blob_size)
    if header is None or blob is None:
        return None
    return wire.decode_request(header), blob, files


def serve(line: socket.socket, answerer: Answerer) -> None:
    """Answer on this line until the trusted side hangs up."""
    while (received := receive(line)) is not None:
        answerer.send(answerer.answer(*received))


def _exactly(line: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        part = line.recv(min(size - len(data), 1 << 20))
        if not part:
            return None
        data += part
    return bytes(data)
