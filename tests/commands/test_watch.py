"""grade watch at a terminal (a real pseudo-terminal) and over a pipe, as a student uses it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pexpect
import pytest
from patience import AT_LAST_S, until
from places import ROOT
from small_courses import RIGHT, STUB, WRONG, as_kit, make_course

from grader.submissions import progress

COMMAND = [sys.executable, "-c", "from grader.cli import main; main()", "watch"]
TAKE_SCREEN, LEAVE_SCREEN, SHOW_CURSOR = "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25h"
WATCH = json.loads((ROOT / "grader/authoring/blank/kit/tasks.json").read_text(encoding="utf-8"))["tasks"][1]
MATCHER = WATCH["problemMatcher"]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    root = as_kit(make_course(tmp_path, "ex01_answer", "ex02_answer"))
    (root / "ex01_answer.py").write_text(STUB)
    return root


def save_by_rename(path: Path, text: str) -> None:
    """As vim and many other editors do."""
    draft = path.with_name(f".{path.name}.swp")
    draft.write_text(text)
    draft.replace(path)


class Terminal:
    """A shell in a pseudo-terminal of 100 columns, which watches and then says what state it is left in."""

    def __init__(self, root: Path, *arguments: str, command: Sequence[str] = COMMAND, **environment: str) -> None:
        words = " ".join(f"'{word}'" for word in [*command, *arguments])
        script = f"trap : INT; trap '' TSTP; {words}; echo ended with $?; stty -a; echo the end"
        self.child = pexpect.spawn(
            "sh", ["-c", script], cwd=str(root), dimensions=(30, 100), timeout=AT_LAST_S, encoding="utf-8",
            env={**os.environ, "TERM": "xterm-256color", **environment},
        )  # fmt: skip
        self.seen = ""

    def wait(self, words: str) -> str:
        """What is shown until these words, without escape sequences."""
        self.child.expect_exact(words)
        self.seen += self.child.before + words
        return ESCAPES.sub("", self.child.before) + words

    def press(self, key: str) -> None:
        self.child.send(key)

    def end(self) -> int:
        """The command's exit code; the terminal must be as it was before."""
        self.wait("ended with ")
        rest = self.wait("the end")
        assert " icanon" in rest, "keys are lines again"
        assert " echo " in rest, "and are seen"
        assert self.seen.count(LEAVE_SCREEN) == self.seen.count(TAKE_SCREEN)
        assert SHOW_CURSOR in self.seen[self.seen.rindex(TAKE_SCREEN) :] if TAKE_SCREEN in self.seen else True
        self.child.wait()
        return int(rest.split()[0])


@pytest.mark.slow
def test_a_sitting_at_a_terminal(kit: Path) -> None:
    work = kit / "ex01_answer.py"
    terminal = Terminal(kit, "ex01")
    terminal.wait("Watching ex01_answer.py")
    terminal.wait("h hint · n next exercise · l list · q quit")
    first = terminal.wait("checked at")
    assert "This part of the stub is still to be written." in first
    assert first.index("! answer() is a number") < first.index("! answer() is 42")

    save_by_rename(work, WRONG)
    shown = terminal.wait("checked at")
    assert "answer() returned 41; expected 42." in shown
    assert shown.index("✗ answer() is 42") < shown.index("✓ answer() is a number"), "what is to be done comes first"

    terminal.press("h")
    assert "hint 1 of 3: Six." in terminal.wait("Six.")
    terminal.press("h")
    terminal.wait("hint 2 of 3: Seven.")

    work.write_text("def answer(:\n")
    terminal.wait("cannot read line 1")
    assert "Seven." in terminal.wait("checked at"), "the hint stays until the work is right"
    work.write_text(RIGHT)
    terminal.wait("2/2")
    shown = terminal.wait("checked at")
    assert "Full marks for ex01: well done! Next: ex02" in shown
    assert "Seven." not in shown

    terminal.press("l")
    assert "done" in terminal.wait("2 of 4 points")
    terminal.press("l")
    terminal.wait("answer() is 42")
    terminal.press("n")
    terminal.wait("The answer of ex02_answer")
    terminal.wait("Watching exercises/ex02_answer/ex02_answer.py")
    terminal.wait("still to be written")
    terminal.press("q")
    assert "ex02: 0 of 2 points. To go on: grade watch ex02" in terminal.wait("watch ex02")
    assert terminal.end() == 0
    assert progress.load(kit)["ex01_answer"].passed
    assert progress.hints_seen(kit, "ex01_answer") == 2


def test_without_a_name_the_boards_next_step_is_watched(kit: Path) -> None:
    terminal = Terminal(kit)
    terminal.wait("Watching ex01_answer.py")
    terminal.press("q")
    assert terminal.end() == 0


def test_ctrl_c_gives_the_terminal_back(kit: Path) -> None:
    terminal = Terminal(kit, "ex01")
    terminal.wait("quit")
    terminal.child.sendintr()
    assert terminal.end() == 130


def test_a_signal_gives_the_terminal_back(kit: Path) -> None:
    terminal = Terminal(kit, "ex01")
    terminal.wait("quit")
    shell = terminal.child.pid
    (process,) = Path(f"/proc/{shell}/task/{shell}/children").read_text().split()
    os.kill(int(process), signal.SIGTERM)
    assert terminal.end() == 128 + signal.SIGTERM


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_heard_also_where_an_exception_would_be_lost(kit: Path, number: signal.Signals) -> None:
    """Python calls back at the end of an object, and of every import; what is raised there is printed and forgotten."""
    (kit / "called_back.py").write_text(
        "import os, weakref\n"
        "from grader.commands.watch import WatchRoom\n"
        "from grader.cli import main\n"
        "def look(room, bench):\n"
        "    class Object: ...\n"
        "    thing = Object()\n"
        f"    watched = weakref.ref(thing, lambda _: os.kill(os.getpid(), {int(number)}))\n"
        "    del thing\n"
        "WatchRoom._look = look\n"
        "main()\n"
    )
    terminal = Terminal(kit, "ex01", command=(sys.executable, "called_back.py", "watch"))
    assert terminal.end() == 128 + number


def test_a_fault_of_ours_gives_the_terminal_back_and_is_one_sentence(kit: Path) -> None:
    (kit / "exercises/ex02_answer/checks.py").write_text("from grader import nothing_like_this\n")
    terminal = Terminal(kit, "ex01")
    terminal.wait("quit")
    terminal.press("n")
    assert "Traceback" not in terminal.wait("cannot be imported")
    assert terminal.end() == 3


def test_ctrl_z_gives_the_terminal_back_until_it_goes_on(kit: Path) -> None:
    terminal = Terminal(kit, "ex01")
    terminal.wait("quit")
    shell = terminal.child.pid
    (process,) = Path(f"/proc/{shell}/task/{shell}/children").read_text().split()
    terminal.child.sendcontrol("z")
    terminal.wait(LEAVE_SCREEN)
    assert until(lambda: Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] == "T")
    import termios

    assert termios.tcgetattr(terminal.child.child_fd)[3] & termios.ICANON
    os.kill(int(process), signal.SIGCONT)
    terminal.wait(TAKE_SCREEN)
    terminal.wait("quit")
    terminal.press("q")
    assert terminal.end() == 0


def test_a_dumb_terminal_gets_no_escape_codes(kit: Path) -> None:
    terminal = Terminal(kit, "ex01", TERM="dumb")
    terminal.wait("q to quit")
    terminal.press("q")
    assert terminal.end() == 0
    assert "\x1b" not in terminal.seen


class Pipe:
    """The command with pipes for a terminal."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, *arguments], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8",
        )  # fmt: skip
        assert self.process.stdout is not None
        self.lines = iter(self.process.stdout.readline, "")

    def until(self, words: str) -> str:
        shown = ""
        for line in self.lines:
            shown += line
            if words in line:
                return shown
        raise AssertionError(f"{words!r} was never said: {shown}")

    def line(self) -> str:
        return self.until("").rstrip("\n")

    def type(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()


@pytest.fixture
def piped(request: pytest.FixtureRequest, kit: Path) -> Iterator[Pipe]:
    pipe = Pipe(kit, "ex01", *getattr(request, "param", ("--format", "plain")))
    # Whoever waits for words that never come is told so in the end.
    watchdog = threading.Timer(4 * AT_LAST_S, pipe.process.kill)
    watchdog.start()
    yield pipe
    watchdog.cancel()
    with contextlib.suppress(OSError):
        pipe.process.kill()
    pipe.process.wait()
    for stream in (pipe.process.stdin, pipe.process.stdout):
        assert stream is not None
        with contextlib.suppress(OSError):
            stream.close()


@pytest.mark.slow
def test_a_sitting_over_a_pipe(kit: Path, piped: Pipe) -> None:
    work = kit / "ex01_answer.py"
    piped.until("Keys: h for a hint")
    shown = piped.until("checked at")

    # Saved while it is being graded: the newest content is what counts.
    work.write_text("import time\ntime.sleep(600)\ndef answer():\n    return 1\n")
    shown += piped.until("Checking it now.")
    save_by_rename(work, WRONG)
    verdict = piped.until("checked at")
    assert "failed: answer() is 42, 0 of 1 point" in verdict
    assert "what happened: answer() returned 41; expected 42." in verdict
    assert verdict.index("failed: answer() is 42") < verdict.index("passed: answer() is a number")

    work.unlink()
    shown += piped.until("ex01_answer.py is not there; as soon as it is, it will be checked.")
    work.write_text("")
    work.write_text(WRONG)
    shown += piped.until("checked at")
    work.write_text("")
    assert "Your file is empty" in piped.until("checked at")
    piped.type("h")
    shown += piped.until("hint 1 of 3: Six.")
    piped.type("l")
    shown += piped.until("not graded yet: ex02")
    piped.type("q")
    assert "ex01: 0 of 2 points" in piped.until("To go on: grade watch ex01")
    assert piped.process.wait(AT_LAST_S) == 0
    assert not re.search(r"[\x1b─-▟✓✗·…–]", shown + verdict)


@pytest.mark.slow
def test_the_end_of_the_keys_is_not_the_end_of_watching(kit: Path, piped: Pipe) -> None:
    assert piped.process.stdin is not None
    piped.process.stdin.close()
    piped.until("checked at")
    (kit / "ex01_answer.py").write_text(RIGHT)
    assert "passed: answer() is 42, 1 of 1 point" in piped.until("checked at")
    piped.process.send_signal(signal.SIGINT)
    assert "grade: stopped." in piped.until("stopped")
    assert piped.process.wait(AT_LAST_S) == 130


@pytest.mark.slow
@pytest.mark.parametrize("piped", [WATCH["args"][4:]], indirect=True)
def test_the_kits_task_learns_from_what_is_printed_when_a_check_begins_and_ends(kit: Path, piped: Pipe) -> None:
    """As VS Code reads it: from a line of the one pattern to a line of the other, a match of the third is a problem."""

    def problems() -> list[tuple[str, ...]]:
        lines = [piped.line()]
        while not re.search(MATCHER["background"]["beginsPattern"], lines[-1]):
            assert not re.search(pattern["regexp"], lines[-1])
            lines.append(piped.line())
        found = []
        while not re.search(MATCHER["background"]["endsPattern"], line := piped.line()):
            if match := re.search(pattern["regexp"], line):
                found.append(tuple(match[pattern[part]] for part in ("file", "line", "severity", "message")))
        return found

    pattern = MATCHER["pattern"]
    (_, line, level, said), *_ = problems()
    assert (line, level) == ("2", "error"), "where the stub raises"
    assert "This part of the stub is still to be written." in said
    save_by_rename(kit / "ex01_answer.py", f"\n\n{WRONG}")
    ((file, line, level, said),) = problems()
    assert (file, line, level) == ("ex01_answer.py", "3", "error")
    assert "answer() returned 41; expected 42." in said
    save_by_rename(kit / "ex01_answer.py", RIGHT)
    assert problems() == []
    piped.until("Full marks for ex01")
