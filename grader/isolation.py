"""Chooses the sandbox: the best level this machine has, or the one that was demanded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

from grader.errors import IsolationUnavailable, SandboxUnavailable, UsageError
from grader.sandbox.basic import BasicSandbox
from grader.sandbox.forked import ZygoteSandbox
from grader.sandbox.host import Sandbox, Worker
from grader.sandbox.limits import BASIC, FULL, LEVELS, NO_NAMESPACES, Limits

AUTO: Final = "auto"
PAYS_FROM: Final = 70
"""Submissions from which `hugepages.collapse` is worth its second."""


def open_sandbox(level: str = AUTO, *, warm: tuple[str, ...] = (), cuda: bool = False, submissions: int = 1) -> Ladder:
    """A sandbox that starts warming up at once and settles on a level when its first worker is asked for.

    Args:
        level: "auto", or a level that is demanded.
        warm: modules beside torch for the zygote to import.
        cuda: whether GPUs are to be seen inside.
        submissions: about how many will be graded; many are worth a longer preparation.

    Raises:
        UsageError: if there is no such level.
    """
    if level != AUTO and level not in LEVELS:
        raise UsageError(f"There is no isolation level {level!r}. The levels are: {', '.join(LEVELS)}.")
    return Ladder(level, warm=warm, cuda=cuda, many=submissions >= PAYS_FROM)


class Ladder:
    """A Sandbox that steps down full → no-namespaces → basic until one works, unless a level was demanded.

    Attributes:
        refusals: level → the step that this machine refused.
    """

    def __init__(self, demanded: str, *, warm: tuple[str, ...], cuda: bool, many: bool) -> None:
        self._demanded = demanded
        self._left = list(LEVELS) if demanded == AUTO else [demanded]
        if not sys.platform.startswith("linux") and demanded == AUTO:
            self._left = [BASIC]
        self.refusals: dict[str, str] = {}
        self._make: dict[str, Callable[[], Sandbox]] = {
            FULL: lambda: ZygoteSandbox(FULL, warm=warm, cuda=cuda, many=many),
            NO_NAMESPACES: lambda: ZygoteSandbox(NO_NAMESPACES, warm=warm, cuda=cuda, many=many),
            BASIC: BasicSandbox,
        }
        self._settled = False
        self._closed = False
        self._sandbox = self._next()

    @property
    def level(self) -> str:
        """The level in force."""
        return self._sandbox.level

    @property
    def versions(self) -> dict[str, str]:
        """Versions of what student code meets."""
        return self._sandbox.versions

    @property
    def accelerator(self) -> str:
        """The accelerator that torch sees inside: "cuda", "mps" or ""; at level basic known after the first worker."""
        return self._sandbox.accelerator

    @property
    def inner(self) -> Sandbox:
        """The sandbox of the level in force."""
        return self._sandbox

    def settle(self) -> None:
        """Wait until some level works.

        Raises:
            IsolationUnavailable: if the demanded level does not.
            SandboxUnavailable: if none does.
        """
        while not self._settled:
            try:
                if isinstance(self._sandbox, ZygoteSandbox):
                    self._sandbox.wait_ready()
                self._settled = True
            except (IsolationUnavailable, SandboxUnavailable) as error:
                self.refusals[self._sandbox.level] = str(error)
                if self._demanded != AUTO and isinstance(error, IsolationUnavailable):
                    raise IsolationUnavailable(
                        f"This machine cannot isolate at level {self._demanded!r}: it refused {error}. "
                        "Leave out --isolation to use the best level it has."
                    ) from None
                if not self._left or self._closed:
                    raise SandboxUnavailable(f"No sandbox could be started: {error}") from None
                self._sandbox = self._next()

    def start_worker(self, limits: Limits) -> Worker:
        """See `Sandbox`. A zygote that has died is replaced at the same level."""
        self.settle()
        try:
            return self._sandbox.start_worker(limits)
        except SandboxUnavailable:
            level = self._sandbox.level
            self._sandbox.close()
            self._sandbox = self._make[level]()
            return self._sandbox.start_worker(limits)

    def stop_worker(self, worker: Worker) -> str:
        """See `Sandbox`."""
        return self._sandbox.stop_worker(worker)

    def close(self) -> None:
        """See `Sandbox`. Another thread that waits in `settle` learns of it."""
        self._closed = True
        self._sandbox.close()

    def _next(self) -> Sandbox:
        return self._make[self._left.pop(0)]()
