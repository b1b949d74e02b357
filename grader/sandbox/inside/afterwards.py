"""Changes a module once it has been imported, whenever that is: what nobody imports costs nothing."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import types
from collections.abc import Callable
from typing import Any


class Afterwards:
    """A finder that lets others import a module, and then changes it."""

    def __init__(self, changes: dict[str, Callable[[types.ModuleType], None]]) -> None:
        self._changes = changes

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """As any finder's."""
        change = self._changes.pop(name, None)  # the search that follows must not end here again
        if change is None:
            return None
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        run = spec.loader.exec_module

        def run_and_change(module: types.ModuleType) -> None:
            run(module)
            change(module)

        spec.loader.exec_module = run_and_change  # type: ignore[method-assign]
        return spec
