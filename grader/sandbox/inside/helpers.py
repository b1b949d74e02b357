"""Helpers that the checks of every exercise may call in the worker: parameters by name, files, processes side by side.

Checks call them by name, as `student.probe("home")`; an exercise's own probes.py comes first, then these, then
`grader/sandbox/apparatus.py`, which the trusted side uses, too.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn


def load_named(into: nn.Module, values: Mapping[str, Any]) -> dict[str, list[int] | None]:
    """Copy each value into the parameter or buffer of its name; where shapes do not say which is which.

    Returns:
        For each name that could not be filled the shape that stands there instead; None if there is nothing.
    """
    there = dict(into.state_dict(keep_vars=True))
    misfits: dict[str, list[int] | None] = {}
    with torch.no_grad():
        for name, value in values.items():
            target = there.get(name)
            if target is None or target.shape != torch.as_tensor(value).shape:
                misfits[name] = None if target is None else list(target.shape)
            else:
                target.copy_(torch.as_tensor(value))
    return misfits


def home() -> str:
    """A folder of the worker's own, to which the student's code may write."""
    return tempfile.gettempdir()


def file_bytes(path: str) -> bytes:
    """What a file holds that the student's code has written."""
    return Path(path).read_bytes()


def put_file(name: str, data: bytes) -> str:
    """Write a file into the worker's own folder, as another worker's code has left it there; its path."""
    path = Path(home(), name)
    path.write_bytes(data)
    return str(path)


def together(work: Callable[..., Any], calls: Sequence[Sequence[Any]]) -> list[int]:
    """Call a function once for each of these arguments, each call in a process of its own, all at a time.

    Returns:
        The exit codes, in the order of the calls: 0 if it returned, 1 if it raised, negative if a signal ended it.
    """
    children = []
    for arguments in calls:
        if (child := os.fork()) == 0:
            code = 1
            try:
                work(*arguments)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
