"""What a submission finds at its author's desk and not here: made harmless, so that the rest of the work counts.

A worker has no screen, no debugger, no GPU, no compiler and no browser. What programs do about these beside their task
(choosing a window for plots, mounting a drive, showing a bar as a widget, compiling for speed) does nothing here,
instead of taking the whole file with it. Nothing here is a wall: walls are in `jail`.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any, Final

from grader.sandbox.inside.afterwards import Afterwards

_WINDOWS: Final = ("tk", "qt", "gtk", "wx", "macosx", "webagg", "nbagg", "notebook", "widget", "ipympl")
"""How the names of matplotlib's backends begin that need a screen or a browser."""
_ELSEWHERE: Final = ("google", "google.colab", "ipywidgets")
"""Packages of a notebook's own surroundings; used only where they are not installed."""


def prepare(accelerator: str) -> None:
    """Once in the zygote, before anything of a student's is there; `accelerator` is what torch sees, as "cuda"."""
    sys.breakpointhook = lambda *args, **kwargs: None
    sys.meta_path.insert(0, Afterwards({"matplotlib": _without_windows, "tqdm.notebook": _with_plain_bars}))
    sys.meta_path.append(_StandIns())
    _compile_without_a_compiler()
    if accelerator != "cuda":
        _say_that_there_is_no_gpu()


def needs_a_window(backend: str) -> bool:
    """Whether a backend of matplotlib can work at a desk only."""
    return backend.lower().removeprefix("module://").startswith(_WINDOWS)


# --- packages ---------------------------------------------------------------------------------------------------------


def _without_windows(matplotlib: Any) -> None:
    choose = matplotlib.use

    def use(backend: str, *, force: bool = True) -> None:
        """Choose a backend, unless it needs a window, which there is not: then plots go on being drawn to nowhere."""
        if not needs_a_window(str(backend)):
            choose(backend, force=force)

    matplotlib.use = use


def _with_plain_bars(notebook: Any) -> None:
    std = importlib.import_module("tqdm.std")
    notebook.tqdm = notebook.tqdm_notebook = std.tqdm
    notebook.trange = notebook.tnrange = std.trange


class _StandIns:
    """The last finder: packages that only a notebook's own surroundings have, and whatever is in them."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name not in _ELSEWHERE and not name.startswith(tuple(f"{known}." for known in _ELSEWHERE[1:])):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Elsewhere(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


class _Elsewhere(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing()


class _Nothing:
    """Takes everything, does nothing, and leaves a function that it decorates as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Also as a base class, which Python hands name, bases and namespace."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return args[0] if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType) else _Nothing()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing()

    def __getitem__(self, key: Any) -> Any:
        return _Nothing()

    def __iter__(self) -> Any:
        return iter(())

    def __bool__(self) -> bool:
        return False

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: Any) -> None:
        pass


# --- torch ------------------------------------------------------------------------------------------------------------


def _compile_without_a_compiler() -> None:
    """torch.compile's default backend starts g++, which no worker may: what it is handed runs as it was captured."""
    import torch

    def run_as_captured(self: Any, model: Any, inputs: Sequence[Any]) -> Any:
        return model.forward

    torch._TorchCompileInductorWrapper.__call__ = run_as_captured  # type: ignore[method-assign, assignment]


def _say_that_there_is_no_gpu() -> None:
    """Or CUDA in a fork says that it was initialised before, and hides that there is none."""
    import torch

    def no_gpu() -> None:
        raise RuntimeError("No CUDA GPUs are available")

    torch.cuda._lazy_init = no_gpu
