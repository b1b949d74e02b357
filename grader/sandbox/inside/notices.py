"""What a person should look at: student code that touches what runs beside it. Nothing is refused for it.

Two ways to see it, both before that code can hide anything: the source is read for what honest work never says, and an
audit hook, set before the code runs, hears of what it does. What is seen is told at once, over the line.
"""

from __future__ import annotations

import ast
import gc
import os
import re
import sys
import threading
import types
from collections.abc import Callable, Iterator
from typing import Any, Final

GRADER: Final = "touches the grader's own code"
LOOKS_AROUND: Final = "looks into what runs beside it"
PATCHES: Final = "changes PyTorch's own functions"
MOST_TOLD: Final = 10
_SUSPECT: Final = re.compile(
    rb"\bgrader\b|_getframe|_current_frames|f_back|tb_frame|gi_frame|f_locals|f_globals|get_objects|get_refer|ctypes"
    rb"|sys\.modules|setattr|\.__globals__|\n[^\n#]*\b(?:torch|nn|F|np|numpy|optim)(?:\.\w+)+\s*=[^=]"
)
"""Only a source that has one of these words is parsed for them."""
_FRAMES: Final = {"_getframe", "_current_frames", "f_back", "tb_frame", "gi_frame", "f_locals", "f_globals"}
_OBJECTS: Final = {"get_objects", "get_referrers", "get_referents"}
_SETTINGS: Final = ("torch.backends", "torch._dynamo.config", "torch._inductor.config")
"""Attributes of these are settings, which everybody sets."""
_LIBRARIES: Final = ("torch", "numpy")
_EVENTS: Final = {
    "gc.get_objects": LOOKS_AROUND,
    "gc.get_referrers": LOOKS_AROUND,
    "gc.get_referents": LOOKS_AROUND,
    "sys._getframe": LOOKS_AROUND,
    "sys._current_frames": LOOKS_AROUND,
    "sys.setprofile": LOOKS_AROUND,
    "ctypes.dlopen": LOOKS_AROUND,
    "ctypes.dlsym": LOOKS_AROUND,
    "ctypes.addressof": LOOKS_AROUND,
}
_IN_BETWEEN: Final = ("<frozen importlib", "/importlib/__init__.py", "/inspect.py", "/gc.py", "/ctypes/__init__.py")
"""Files through which the student's code asks: what lies behind them has asked."""
_LEFT: Final = "grader.sandbox.apparatus"
_HIDDEN: Final[list[types.ModuleType]] = []
Tell = Callable[[str, int], None]
"""Told what was noticed, and in which line; 0: it is not known."""


def read(source: bytes) -> Iterator[tuple[str, int]]:
    """What honest work never says, and the line; of a source that cannot be parsed nothing."""
    if _SUSPECT.search(b"\n" + source) is None:
        return
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.asname or alias.name.split(".")[0]: alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            modules |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    for node in ast.walk(tree):
        if what := _said(node, modules):
            yield what, getattr(node, "lineno", 0)


def _said(node: ast.AST, modules: dict[str, str]) -> str:
    match node:
        case ast.Import(names):
            names_grader = any(alias.name.split(".")[0] == "grader" for alias in names)
            looks = any(alias.name.split(".")[0] == "ctypes" for alias in names)
            return GRADER if names_grader else LOOKS_AROUND if looks else ""
        case ast.ImportFrom(module=str(module)) if module.split(".")[0] in ("grader", "ctypes"):
            return GRADER if module.startswith("grader") else LOOKS_AROUND
        case ast.Attribute(attr=name) if name in _FRAMES | _OBJECTS | {"__globals__"}:
            return LOOKS_AROUND
        case ast.Constant(value=str(text)) if text == "probes" or text.startswith("grader."):
            return GRADER
        case ast.Assign(targets=targets) if any(_is_of_a_library(target, modules) for target in targets):
            return PATCHES
        case ast.Call(func=ast.Name(id="setattr"), args=[target, *_]) if _root(target, modules).startswith(_LIBRARIES):
            return PATCHES
        case _:
            return ""


def _is_of_a_library(target: ast.expr, modules: dict[str, str]) -> bool:
    """Whether an assignment to this puts something in the place of a library's own."""
    name = _root(target, modules) if isinstance(target, ast.Attribute) else ""
    return name.split(".")[0] in _LIBRARIES and not name.startswith(_SETTINGS)


def _root(node: ast.expr, modules: dict[str, str]) -> str:
    """The dotted name of what stands here, with what its first name was imported as; "" if it is none."""
    match node:
        case ast.Attribute(value, attr):
            inner = _root(value, modules)
            return f"{inner}.{attr}" if inner else ""
        case ast.Name(id=name):
            return modules.get(name, "")
        case _:
            return ""


def told(what: str, line: int) -> bytes:
    """A notice, as a kernel tells it to its driver."""
    return f"{line} {what}\n".encode()


def heard(data: bytes) -> Iterator[tuple[str, int]]:
    """The notices that a kernel has told; whatever else comes from there touches what is the grader's own."""
    for text in data.decode("utf-8", "replace").splitlines()[:MOST_TOLD]:
        line, _, what = text.partition(" ")
        known = what in (GRADER, LOOKS_AROUND, PATCHES) and line.isascii() and line.isdigit()
        yield (what, int(line[:6])) if known else (GRADER, 0)


def listen(is_students: Callable[[str], bool], tell: Tell) -> None:
    """From now on, tell of what student code does that honest code does not. It cannot be undone.

    Args:
        is_students: whether a code object's file is the student's.
        tell: is told, from whichever thread does it.
    """
    owner, told, busy = os.getpid(), set[tuple[str, int]](), threading.local()
    frame_of = sys._getframe

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "compile" and isinstance(args[0], str | bytes) and str(args[1]).startswith("<cell "):
            for found in read(args[0].encode() if isinstance(args[0], str) else args[0]):
                if found not in told and len(told) < MOST_TOLD:
                    told.add(found)
                    tell(*found)
            return
        what = _EVENTS.get(event) or (GRADER if event == "import" and str(args[0]).split(".")[0] == "grader" else None)
        if what is None or getattr(busy, "now", False) or len(told) >= MOST_TOLD or os.getpid() != owner:
            return
        busy.now = True  # to look for who asks is such an event itself
        try:
            frame: types.FrameType | None = frame_of(1)
            while frame is not None and any(part in frame.f_code.co_filename for part in _IN_BETWEEN):
                frame = frame.f_back
            if frame is not None and is_students(frame.f_code.co_filename) and (what, frame.f_lineno) not in told:
                told.add((what, frame.f_lineno))
                tell(what, frame.f_lineno)
        finally:
            busy.now = False

    sys.addaudithook(hook)


def hide() -> None:
    """Take the grader out of view: out of `sys.modules`, and out of what gc.get_objects() and get_referrers() find.

    Who imports a part of it then gets a copy, which nobody uses. The apparatus stays: models made there are the
    student's to save, and pickle looks its classes up.
    """
    for name in list(_names_below("grader")):
        if name != _LEFT:
            # Kept, where nobody finds it: to take a module apart costs more than a fork.
            _HIDDEN.append(sys.modules.pop(name))
    gc.freeze()


def _names_below(name: str) -> Iterator[str]:
    """A package that is imported, and all that is of its modules: each is an attribute of the package that it is in.

    To look at every name in `sys.modules` would copy the pages that thousands of them lie in: a third of what a
    submission costs a worker.
    """
    if (module := sys.modules.get(name)) is not None:
        yield name
        for inner, value in list(vars(module).items()) if hasattr(module, "__path__") else ():
            if isinstance(value, types.ModuleType):
                yield from _names_below(f"{name}.{inner}")
