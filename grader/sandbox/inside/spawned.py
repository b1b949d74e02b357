"""Level `basic`: a worker spawned afresh, with rlimits where the system has them. Runs on any POSIX system."""

from __future__ import annotations

import gc
import os
import socket
import sys

import msgspec

LINE = 3
"""The line to the trusted side, at every level."""


def main() -> None:
    """Entry point: `python -m grader.sandbox.inside.spawned FD LIMITS HOME MODULES [kernel]`.

    Whoever started this removes HOME.
    """
    os.dup2(int(sys.argv[1]), LINE, inheritable=False)
    os.closerange(LINE + 1, 65536)
    channel = socket.socket(fileno=LINE)
    gc.disable()
    from grader.sandbox import wire
    from grader.sandbox.inside import warmth, worker
    from grader.sandbox.inside.jail import confine
    from grader.sandbox.limits import Limits

    limits = msgspec.json.decode(sys.argv[2], type=Limits)
    warmth.touch()
    home, modules, *kernel_wanted = sys.argv[3:]
    warmth.load(msgspec.json.decode(modules, type=list[str]))
    if kernel_wanted:
        warmth.touch_kernel()
    gc.enable()
    accelerator = warmth.accelerator()
    others = confine.tasks_of(os.getuid())
    layers = ["own process and session", confine.limit_resources(limits, cuda=accelerator == "cuda", others=others)]
    confine.volunteer_for_oom()
    versions = msgspec.json.encode(warmth.versions()).decode()
    confine.settle(home)
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    ready = wire.frame(wire.Ready([*layers, versions, accelerator]))
    if not kernel_wanted:
        channel.sendall(ready)
        worker.serve(channel, worker.Answerer(channel, home))
        return
    from grader.sandbox.inside import driver, kernel

    beside = driver.fork(channel, home, lambda: None)
    channel.sendall(ready)
    kernel.serve(channel, home, beside)


if __name__ == "__main__":
    main()
