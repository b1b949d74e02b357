"""`grade` as it is typed, but in this process, where a warm sandbox is: one of its own would import torch anew."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.grading import examiner, machine
from grader.sandbox import ladder
from grader.sandbox.host import Sandbox
from grader.sandbox.ladder import Ladder

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # typer asks click for names that click will drop one day
    import typer  # noqa: F401 - here once, for every command that is imported later

    from grader import cli


class Shared:
    """The tests' warm sandbox, in the place of one that a command would open for itself and close."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def __getattr__(self, name: str) -> object:
        return getattr(self._sandbox, name)

    def close(self) -> None:
        """It is needed again."""


def lend(warm: Callable[[], Sandbox], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for the best sandbox gets this one; a level that is demanded is opened."""
    opened = ladder.open_sandbox

    def open_sandbox(level: str = ladder.AUTO, **wishes: Any) -> Ladder | Shared:
        return Shared(warm()) if level == ladder.AUTO else opened(level, **wishes)

    for place in (examiner, machine):
        monkeypatch.setattr(place, "open_sandbox", open_sandbox)


def run_main(arguments: list[str], monkeypatch: pytest.MonkeyPatch, *, together: bool = False) -> tuple[int, str, str]:
    """The exit code, what was printed, and what was complained about; or both `together` in their order."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    err = out if together else io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    code = None
    with (
        monkeypatch.context() as patch,
        warnings.catch_warnings(),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        open(os.devnull, encoding="utf-8") as nothing,
    ):
        warnings.simplefilter("default")  # as in a process of its own
        patch.setattr(sys, "argv", ["grade", *arguments])
        patch.setattr(sys, "stdin", nothing)
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
    assert code is not None, "the command did not say how it ended"
    return code, printed(out), "" if together else printed(err)


def printed(stream: io.TextIOWrapper) -> str:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


class Typed:
    """Runs commands: `typed("ex13", "--public", cwd=folder)`."""

    def __init__(self, warm: Callable[[], Sandbox], monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        lend(warm, monkeypatch)

    def __call__(
        self, *arguments: str, cwd: Path, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        with self._monkeypatch.context() as patch:
            patch.chdir(cwd)
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            code, out, err = run_main(list(arguments), self._monkeypatch)
        return subprocess.CompletedProcess(["grade", *arguments], code, out, err)
