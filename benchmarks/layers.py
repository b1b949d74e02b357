"""Where a submission's processor time goes: `python benchmarks/layers.py [--rounds N]`.

The questions of one grading are written down, for each exercise of the class of `classroom.py`, and asked again in
forks of a warm process: first in one that nothing confines, then with one wall after another. They take turns, so that
a machine that drifts drifts for all, and each figure is a median. What the trusted side does, and the reader, is
measured beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import measure

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.exercises.course import Course  # noqa: E402
from grader.grading.runner import Settings, grade  # noqa: E402
from grader.sandbox import facts, host, wire  # noqa: E402
from grader.sandbox.ladder import open_sandbox  # noqa: E402
from grader.sandbox.limits import FULL, Limits  # noqa: E402
from grader.sandbox.reader import HERE  # noqa: E402
from grader.submissions.work import of_bytes  # noqa: E402

CLASS = ("ex05_inplace_errors", "ex13_sin_gradient", "ex14_dense")
"""What `classroom.py` makes its class of."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        inside(asked.inside, asked.rounds)
    else:
        print(table(asked.rounds))


def table(rounds: int) -> str:
    """What each part costs, ms of processor time a submission of each exercise."""
    found = {exercise: parts(exercise, rounds) for exercise in CLASS}
    if lacking := next((parts for parts in found.values() if isinstance(parts, str)), None):
        return lacking
    rows = {name: [parts[name] for parts in found.values()] for name in found[CLASS[0]]}
    width = max(map(len, rows))
    head = " ".join(f"{exercise.split('_')[0]:>7}" for exercise in CLASS)
    lines = [f"{name:<{width}} " + " ".join(f"{ms:7.1f}" for ms in row) for name, row in rows.items()]
    in_all = " ".join(f"{sum(column):7.1f}" for column in zip(*rows.values(), strict=True))
    title = f"{'a right submission, ms of processor time':<{width}} "
    return "\n".join([title + head, *lines, f"{'in all':<{width}} " + in_all])


def parts(exercise: str, rounds: int) -> dict[str, float] | str:
    """What each part of a submission of this exercise costs, ms; a sentence if that cannot be measured here."""
    work = ROOT / "solutions" / exercise / f"{exercise}.py"
    with tempfile.TemporaryDirectory() as folder:
        frames = Path(folder) / "frames"
        trusted = record(work, frames, rounds)
        command = [sys.executable, __file__, "--inside", str(frames), "--rounds", str(rounds)]
        environment = {**os.environ, **host.ONE_THREAD}  # as a zygote has it
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        return f"the walls could not be measured here: {done.stderr.strip().splitlines()[-1]}"
    before, found = 0.0, {}
    for name, milliseconds in json.loads(done.stdout).items():
        found[name] = milliseconds - before
        before = milliseconds
    return found | {"the trusted side: questions, truths, the report": trusted, "the reader": reader(work, rounds)}


def record(solution: Path, frames: Path, rounds: int) -> float:
    """Write down what a worker is asked in one grading; ms of this process for one."""
    exercise, work = Course(ROOT).find(solution.stem), of_bytes(solution.name, solution.read_bytes())
    checks, settings = exercise.load_checks(hidden=True), Settings(seed=1, secret=b"bench")
    sandbox = open_sandbox(FULL)
    requests: list[bytes] = []
    real = host.Worker.ask

    def ask(self: host.Worker, request: wire.Request, blob: bytes, *rest: object, **more: object) -> object:
        requests.append(wire.frame(request, blob))
        return real(self, request, blob, *rest, **more)  # type: ignore[arg-type]

    try:
        host.Worker.ask = ask  # type: ignore[method-assign, assignment]
        assert grade(exercise, checks, work, sandbox, settings).passed
        host.Worker.ask = real  # type: ignore[method-assign]
        spent = []
        for _ in range(rounds):
            before = time.process_time()
            grade(exercise, checks, work, sandbox, settings)
            spent.append(time.process_time() - before)
    finally:
        sandbox.close()
    frames.write_bytes(b"".join(requests))
    return 1e3 * median(spent)


def reader(work: Path, rounds: int) -> float:
    """ms of processor time to have a file read, the reader's process and both ends of the line included."""
    question = facts.ReadFile(work.read_bytes())
    HERE.ask(question)
    assert HERE._process is not None
    before = time.process_time() + measure.tree_cpu_s(HERE._process.pid)
    for _ in range(10 * rounds):
        HERE.ask(question)
    return 1e3 * (time.process_time() + measure.tree_cpu_s(HERE._process.pid) - before) / (10 * rounds)


# --- in a process of its own, which becomes what a zygote is ----------------------------------------------------------


def inside(frames: Path, rounds: int) -> None:
    """Fork with one wall after another, and print what each fork has cost."""
    requests = frames.read_bytes()
    from grader.sandbox.inside import hugepages, warmth
    from grader.sandbox.inside.jail import confine, landlock, rootfs, syscalls
    from grader.sandbox.inside.jail.seccomp import Filter

    read, write = os.pipe()
    confine.enter_namespaces(())
    if os.fork():
        os.close(write)
        with os.fdopen(read) as answer:
            print(answer.read(), end="")
        _, status = os.wait()
        raise SystemExit(os.waitstatus_to_exitcode(status))
    confine.mount_proc()
    confine.private_folders(Limits())
    os.environ["TMPDIR"] = rootfs.HOME
    abi = landlock.abi()
    filter_ = Filter(unix_sockets=True, signals=True, alone=True)
    own_pids = os.open("/proc/self/ns/pid", os.O_RDONLY)
    warmth.load(["torch", "torch._dynamo"])
    warmth.touch()
    import gc

    gc.collect()
    gc.freeze()
    hugepages.collapse()  # as for a class

    def mounts() -> None:
        syscalls.unshare(syscalls.CLONE_NEWNS, "a mount namespace")
        confine.mount_proc()
        confine.private_folders(Limits())

    def user() -> None:
        syscalls.unshare(syscalls.CLONE_NEWUSER, "a user namespace")
        syscalls.set_dumpable(True)
        confine.write_identity_map(confine.STUDENT_UID, 0)

    def limits() -> None:
        confine.limit_resources(Limits(), cuda=False)
        syscalls.drop_capabilities()
        syscalls.forbid_new_privileges()
        confine.settle(rootfs.HOME)

    def files() -> None:
        readable = (*rootfs.readable_paths(), "/proc", "/etc/passwd", "/dev/fd", "/sys")
        landlock.confine(landlock.Allowed(readable, (rootfs.HOME, rootfs.SHARED_MEMORY), rootfs.DEVICES), abi)

    walls: dict[str, Callable[[], object]] = {
        "a fork that nothing confines: the program, and its answers": lambda: None,
        "a pid namespace": lambda: None,
        "mounts of its own: /proc, home, /dev/shm": mounts,
        "a user namespace": user,
        "limits and privileges": limits,
        "Landlock": files,
        "the filter of system calls": filter_.load,
    }
    names = list(walls)
    spent: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(rounds):
        for place, name in enumerate(names):
            before = own_s()
            if place:
                syscalls.unshare(syscalls.CLONE_NEWPID, "a pid namespace")
            if (pid := os.fork()) == 0:
                for wall in names[: place + 1]:
                    walls[wall]()
                replay(requests, rootfs.HOME)
                os._exit(0)
            if place:
                syscalls.setns(own_pids, syscalls.CLONE_NEWPID, "returning")
            _, status, used = os.wait4(pid, 0)
            assert status == 0, (name, status)
            spent[name].append(used.ru_utime + used.ru_stime + own_s() - before)
    os.write(write, json.dumps({name: 1e3 * median(spent[name]) for name in names}).encode())
    os._exit(0)


def own_s() -> float:
    """Processor time of this process, s."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def replay(requests: bytes, home: str) -> None:
    """Answer what a worker was asked."""
    from grader.sandbox.inside import worker

    here, _ = socket.socketpair()
    answerer = worker.Answerer(here, home)
    while requests:
        header, blob = wire.PREFIX.unpack(requests[: wire.PREFIX.size])
        body, requests = requests[wire.PREFIX.size :][: header + blob], requests[wire.PREFIX.size + header + blob :]
        answerer.answer(wire.decode_request(body[:header]), body[header:], [])


if __name__ == "__main__":
    main()
