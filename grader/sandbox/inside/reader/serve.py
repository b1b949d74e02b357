"""The reader's process: exec'd fresh, jailed, without torch; it forks a process for each file that is asked about.

    a descriptor (the line), and another one if the questions are about an open file
        → on the line: questions and answers in turn, until it is closed

The process that answers inherits every wall of its parent and adds limits: a second of processor time a question, kept
by the kernel, and memory. No code of a student's runs in it, so the limits stay what they are. If it ends without an
answer, its parent says so on the line.
"""

from __future__ import annotations

import gc
import os
import resource
import select
import signal
import socket
import sys
from typing import Final, NoReturn

import msgspec

from grader.sandbox import facts
from grader.sandbox.inside.jail import confine, rootfs, syscalls
from grader.sandbox.inside.reader import anonymous, archives, budget, metadata, notebooks, programs
from grader.sandbox.inside.reader.unfit import Unfit
from grader.sandbox.limits import BASIC, FULL

_WALL_S: Final = 60.0
"""For an answer: the trusted side does not wait for longer."""
_CPU_IN_ALL_S: Final = 600
"""Seconds of processor time for all questions about one file."""


def main() -> None:
    """Entry point: `python -m grader.sandbox.inside.reader.serve FD LEVEL`."""
    control, level = socket.socket(fileno=int(sys.argv[1])), sys.argv[2]
    try:
        if level == FULL:
            # As the zygote does it: see there.
            confine.enter_namespaces(())
            child = os.fork()
            if child:
                control.close()
                os.closerange(0, 64)
                os.waitpid(child, 0)
                os._exit(0)
            confine.mount_proc()
        elif level != BASIC:
            become = confine.become_plain if rootfs.readable_by_others() else confine.become_plain_reader
            become(*confine.plain_uid())
        if level != BASIC:
            syscalls.die_with_parent()
            confine.confine_reader(full=level == FULL)
    except OSError as error:
        control.sendall(msgspec.json.encode({"refused": str(error)}))
        return
    # Whoever answers ends soon: a collection would cost more than it frees, and copy this process's pages.
    gc.collect()
    gc.freeze()
    gc.disable()
    control.sendall(msgspec.json.encode({"ready": True}))
    Parent(control).serve()


class Parent:
    """Forks whoever answers, and tells of those who end without an answer."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._lines: dict[int, socket.socket] = {}
        mapped = confine.mapped_bytes()
        self._memory = mapped + (facts.MEMORY_MB << 20) if mapped else 0
        # A child that ends wakes the wait for requests.
        self._woken, waker = socket.socketpair()
        for end in (self._woken, waker):
            end.setblocking(False)
        self._waker = waker
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)

    def serve(self) -> None:
        """Until the trusted side hangs up."""
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(self._woken, select.POLLIN)
        while True:
            ready = dict(poll.poll())
            if self._woken.fileno() in ready:
                self._woken.recv(4096)
                self._reap()
            if self._control.fileno() in ready:
                message, descriptors, _, _ = socket.recv_fds(self._control, 64, 2)
                if not message:
                    return
                if descriptors:
                    self._spawn(descriptors)

    def _spawn(self, descriptors: list[int]) -> None:
        line = socket.socket(fileno=descriptors[0])
        try:
            pid = os.fork()
            if pid == 0:
                self._answer(line, descriptors[1:])
            self._lines[pid] = line
        except OSError:
            line.close()  # the trusted side asks again
        finally:
            for descriptor in descriptors[1:]:
                os.close(descriptor)

    def _answer(self, line: socket.socket, descriptors: list[int]) -> NoReturn:
        try:
            signal.set_wakeup_fd(-1)
            self._control.close()
            for other in self._lines.values():
                other.close()
            answer(line, descriptors, self._memory)
        finally:
            os._exit(0)

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if (line := self._lines.pop(pid, None)) is None:
                continue
            with line:
                if os.WIFSIGNALED(status):
                    line.setblocking(False)
                    try:
                        line.sendall(facts.frame(facts.Answered(facts.Ended(os.WTERMSIG(status)), facts.CPU_S)))
                    except OSError:
                        continue  # nobody waits any more


def answer(line: socket.socket, descriptors: list[int], memory: int) -> None:
    """Answer questions until nobody has any more. Limits are set before a student's bytes are looked at."""
    confine.limit_one_answer(memory, _CPU_IN_ALL_S)
    opened = archives.Opened(descriptors[0]) if descriptors else None
    while head := _exactly(line, facts.LENGTH.size):
        (size,) = facts.LENGTH.unpack(head)
        data = _exactly(line, size) if size <= facts.QUESTION_CAP else None
        if data is None:
            return
        before = _cpu_s()
        # Whoever computes for too long is ended by the kernel; so is one whom the trusted side has forgotten.
        question = facts.question_of(data)
        budget.begin(facts.cpu_s(question))
        signal.setitimer(signal.ITIMER_REAL, _WALL_S)
        try:
            frame = facts.frame(facts.Answered(answer_to(question, opened), _cpu_s() - before))
        except MemoryError:
            frame = facts.frame(facts.Answered(facts.Ended(0), _cpu_s() - before))
        budget.end()
        line.sendall(frame)
        signal.setitimer(signal.ITIMER_REAL, 0)


def answer_to(question: facts.Question, opened: archives.Opened | None) -> facts.Answer:
    """The answer to a question about bytes, or about the archive that came with it."""
    try:
        match question:
            case facts.ReadFile(data):
                return programs.read_file(data)
            case facts.ReadNotebook(data):
                return notebooks.read_notebook(data)
            case facts.ReadCells(sources):
                return notebooks.program_of([facts.Cell("code", source) for source in sources])
            case facts.ReadTree(text):
                return programs.tree_of(text)
            case facts.WithoutNames():
                return anonymous.anonymous(question)
            case facts.ReadMetadata(data):
                return metadata.read_metadata(data)
        if opened is None:
            return facts.Unusable("did not come along")
        if isinstance(question, facts.ListArchive):
            return archives.members(question, opened)
        if isinstance(question, facts.ReadComment):
            return archives.comment(opened)
        return archives.content(question, opened)
    except Unfit as problem:
        return facts.Program(problem=str(problem))
    except archives.Unreadable as problem:
        return facts.Unusable(str(problem))


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _exactly(line: socket.socket, size: int) -> bytearray | None:
    data = bytearray(size)
    view = memoryview(data)
    while view:
        got = line.recv_into(view)
        if not got:
            return None
        view = view[got:]
    return data


if __name__ == "__main__":
    main()
