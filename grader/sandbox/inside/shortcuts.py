"""What libraries do again and again for nobody here: left out, or done once. What they compute stays the same."""

from __future__ import annotations

import sys
from typing import Any

from grader.sandbox.inside.afterwards import Afterwards


def prepare() -> None:
    """Once in the zygote, before the modules are imported that are meant."""
    changes = {
        "torch._dynamo.guards": _without_a_stopwatch,
        "optuna.storages._rdb.storage": _migrations_read_once,
    }
    sys.meta_path.insert(0, Afterwards(changes))


def _without_a_stopwatch(guards: Any) -> None:
    """Dynamo times the guards of each graph for its log, and flushes the processor's caches for it.

    That was a third of the time of everything that is compiled: 70 ms a graph.
    """
    if hasattr(guards, "profile_guard_manager"):
        guards.profile_guard_manager = lambda *arguments: 0.0


def _migrations_read_once(storage: Any) -> None:
    """Optuna runs all its migrations' files for each database that is opened, to learn what the newest one is called.

    That was two thirds of the time of opening one: 30 ms.
    """
    manager: Any = getattr(storage, "_VersionManager", None)
    if not hasattr(manager, "get_head_version"):
        return
    ask, found = manager.get_head_version, list[Any]()

    def get_head_version(self: Any) -> Any:
        if not found:
            found.append(ask(self))
        return found[0]

    manager.get_head_version = get_head_version
