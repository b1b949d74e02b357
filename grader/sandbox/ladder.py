"""Chooses the sandbox: the best level this machine has, or the one that was demanded."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Final

from grader.errors import IsolationUnavailable, PackageUnfit, SandboxUnavailable, UsageError
from grader.sandbox import extras
from grader.sandbox.basic import BasicSandbox
from grader.sandbox.forked import ZygoteSandbox
from grader.sandbox.host import Sandbox, Worker
from grader.sandbox.limits import BASIC, FULL, LEVELS, NO_NAMESPACES, Limits

AUTO: Final = "auto"
PAYS_FROM: Final = 70
"""Submissions from which `hugepages.collapse` is worth its second."""
MANY_WARM: Final = ("torch._dynamo",)
"""What torch.func and the optimizers import when they are first called, in 1.2 s: one student in fifty is enough."""


def open_sandbox(
    level: str = AUTO,
    *,
    warm: tuple[str, ...] = (),
    cuda: bool = False,
    notebooks: bool = False,
    submissions: int = 1,
) -> Ladder:
    """A sandbox that starts warming up at once and settles on a level when its first worker is asked for.

    Args:
        level: "auto", or a level that is demanded.
        warm: modules beside torch for the zygote to import at once; others follow when a worker needs them.
        cuda: whether GPUs are to be seen inside.
        notebooks: whether there are some to grade; without a word the first one takes half a second longer.
        submissions: about how many will be graded; many are worth a longer preparation.

    Raises:
        UsageError: if there is no such level, or a package that every worker imports is not installed.
    """
    needed = (*extras.GRADING, *(extras.NOTEBOOKS if notebooks else ()))
    if gone := extras.missing(needed):
        raise UsageError(extras.lack("Grading a notebook needs" if notebooks else "Grading needs", gone))
    if level != AUTO and level not in LEVELS:
        raise UsageError(f"There is no isolation level {level!r}. The levels are: {', '.join(LEVELS)}.")
    many = submissions >= PAYS_FROM
    warm = (*warm, *MANY_WARM) if many else warm
    return Ladder(level, warm=warm, cuda=cuda, kernels=notebooks, many=many)


class Ladder:
    """A Sandbox that steps down full → no-namespaces → basic until one works, unless a level was demanded.

    Attributes:
        refusals: level → the step that this machine refused.
    """

    def __init__(self, demanded: str, *, warm: tuple[str, ...], cuda: bool, kernels: bool, many: bool) -> None:
        self._demanded = demanded
        self._left = list(LEVELS) if demanded == AUTO else [demanded]
        if not sys.platform.startswith("linux") and demanded == AUTO:
            self._left = [BASIC]
        self.refusals: dict[str, str] = {}
        self._make: dict[str, Callable[[], Sandbox]] = {
            FULL: lambda: ZygoteSandbox(FULL, warm=warm, cuda=cuda, kernels=kernels, many=many),
            NO_NAMESPACES: lambda: ZygoteSandbox(NO_NAMESPACES, warm=warm, cuda=cuda, kernels=kernels, many=many),
            BASIC: BasicSandbox,
        }
        self._settled = False
        self._closed = False
        self._lock = threading.RLock()
        self._used = 0
        self._versions: dict[str, str] = {}
        self._accelerator = ""
        self._sandbox = self._next()

    @property
    def level(self) -> str:
        """The level in force."""
        return self._sandbox.level

    @property
    def versions(self) -> dict[str, str]:
        """Versions of what student code meets."""
        return self._sandbox.versions or self._versions

    @property
    def accelerator(self) -> str:
        """The accelerator that torch sees inside: "cuda", "mps" or ""; at level basic known after the first worker."""
        return self._sandbox.accelerator or self._accelerator

    @property
    def apart(self) -> bool:
        """Whether one worker's processes count against no other's limit, once it has settled."""
        return not isinstance(self._sandbox, ZygoteSandbox) or self._sandbox.apart

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
        with self._lock:
            while not self._settled:
                try:
                    if isinstance(self._sandbox, ZygoteSandbox):
                        self._sandbox.wait_ready()
                    self._settled = True
                    # What a zygote that replaces this one will say, too, once it is warm.
                    self._versions, self._accelerator = self._sandbox.versions, self._sandbox.accelerator
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

    def start_worker(self, limits: Limits, *, kernel: bool = False, warm: tuple[str, ...] = ()) -> Worker:
        """See `Sandbox`. Threads may share it. A zygote that has died is replaced at the same level.

        So is one that refuses, unless other workers of it are running: their work is not ended for this one's sake.
        """
        self.settle()
        sandbox = self._enter()
        try:
            return self._start(sandbox, limits, kernel, warm)
        except PackageUnfit:
            raise  # as it would be in another zygote
        except SandboxUnavailable:
            return self._start(self._enter(instead_of=sandbox), limits, kernel, warm)

    def stop_worker(self, worker: Worker) -> str:
        """See `Sandbox`."""
        try:
            return worker.owner.stop_worker(worker)
        finally:
            self._leave(worker.owner)

    def cpu_s(self, worker: Worker) -> float:
        """See `Sandbox`."""
        return worker.owner.cpu_s(worker)

    def close(self) -> None:
        """See `Sandbox`. No worker starts afterwards, and nobody goes on waiting for the zygote to be warm."""
        self._closed = True
        closed = self._sandbox
        closed.close()
        with self._lock:
            if self._sandbox is not closed:  # it was being replaced
                self._sandbox.close()

    def _enter(self, instead_of: Sandbox | None = None) -> Sandbox:
        """The sandbox to start a worker in, counted as used; `instead_of` had none to give, and may be replaced."""
        with self._lock:
            if self._closed:
                raise SandboxUnavailable("The sandbox has been closed.")
            now = self._sandbox
            dead = isinstance(now, ZygoteSandbox) and not now.alive
            if now is instead_of and (dead or not self._used):
                now.close()
                self._sandbox, self._used = self._make[now.level](), 0
            self._used += 1
            return self._sandbox

    def _start(self, sandbox: Sandbox, limits: Limits, kernel: bool, warm: tuple[str, ...]) -> Worker:
        try:
            return sandbox.start_worker(limits, kernel=kernel, warm=warm)
        except BaseException:
            self._leave(sandbox)
            raise

    def _leave(self, sandbox: Sandbox) -> None:
        with self._lock:
            self._used -= sandbox is self._sandbox

    def _next(self) -> Sandbox:
        return self._make[self._left.pop(0)]()
