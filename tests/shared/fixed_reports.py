"""Reports whose every part is fixed, and the golden files that they are held against."""

from __future__ import annotations

import os

from places import GOLDEN

from grader.results import CellFailure, CheckResult, Isolation, Report, Status, Submission

REPAINT = "\x1b[2J\x1b[31m\x1b]0;title\x07\x9b31m\u202e\x00\r"
"""What could clear a screen, colour it, rename its window or turn its text around."""


def golden(name: str, text: str) -> None:
    """The text is the golden file's, but for spaces at the ends of lines, which nobody sees."""
    path = GOLDEN / name
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    if os.environ.get("GOLDEN_UPDATE") == "1":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "If that is meant, see this file's docstring."


def report_of(
    *checks: CheckResult,
    problem: str | None = None,
    output: str = "",
    name: str = "ex13.py",
    cells: tuple[CellFailure, ...] = (),
) -> Report:
    """A report whose every part is fixed."""
    return Report(
        exercise="ex13_sin_gradient", title="Gradient of sin(x²y)", device="cpu", seed=20_240_229, checks=checks,
        submission=Submission(name=name, sha256="0123456789abcdef" * 4, size=1234),
        isolation=Isolation(level="no-namespaces", layers=("landlock", "seccomp", "rlimits")),
        versions={"grader": "0.1.0", "checks": "0123456789abcdef", "python": "3.11.7", "torch": "2.13.0"},
        problem=problem, cells=cells, notes=("Only the public checks were run; your instructor has more.",),
        output=output, duration_s=1.234, earned=sum(check.earned for check in checks),
        points=sum(check.points for check in checks if check.status is not Status.NOT_GRADABLE),
    )  # fmt: skip


EVERY_STATUS = (
    CheckResult(
        id="one_point", title="gradient_at(1.2, 3.4) is right", points=3, earned=3, status=Status.PASSED,
        duration_s=0.01,
    ),
    CheckResult(
        id="many_points", title="gradient_at() is right at 8 random points", points=2.5, earned=0, status=Status.FAILED,
        hidden=True, mistake="The two partial derivatives are swapped.",
        message="gradient_at(1.5, -0.4) returned (1.3986, -0.7459); expected (-0.7459, 1.3986).",
        evidence={"asked": "gradient_at(1.5, -0.4)", "got": "(1.3986, -0.7459)", "expected": "(-0.7459, 1.3986)"},
        duration_s=0.02,
    ),
    CheckResult(
        id="raises", title="gradient() takes any function [of any number of variables]", points=2, earned=0,
        status=Status.ERROR, message=f"Your code raised ValueError: [bold]{REPAINT}[/bold] at ex13.py:14, in gradient.",
        evidence={
            "where": "ex13.py:14, in gradient", "line": f"raise ValueError('[bold]')  # {REPAINT}",
            "called_from": f"line 21, in {REPAINT}: return gradient(f)\nline 30: main()",
        },
    ),
    CheckResult(
        id="loops", title="gradient() ends", points=1, earned=0, status=Status.TIMEOUT,
        message="gradient(f, 1.0) gave no answer within 10 s.", mistake="Is there a loop that never ends?",
        evidence={"asked": "gradient(f, 1.0)"}, duration_s=10.0,
    ),
    CheckResult(
        id="dies", title="gradient() survives", points=1, earned=0, status=Status.CRASHED, kind="W",
        message="gradient(f, 1.0) ended without an answer: it used more than 1024 MB of memory.",
    ),
    CheckResult(
        id="waits", title="gradient() is exact", points=0.5, earned=0, status=Status.SKIPPED, hidden=True, kind="S",
        message="Comes after 'raises', which did not pass.",
    ),
    CheckResult(
        id="ours", title="gradient() is quick", points=1, earned=0, status=Status.GRADER_ERROR,
        message="No confined worker could be started: clone: Operation not permitted.",
    ),
    CheckResult(
        id="elsewhere", title="gradient() works on a GPU", points=1, earned=0, status=Status.NOT_GRADABLE,
        message="This machine has no GPU.",
    ),
)  # fmt: skip

PRINTED = f"epoch 1: [red]loss[/red] 0.5 :smile: {REPAINT}\n✓ all passed    10/10\n"

FULL = report_of(*EVERY_STATUS, output=PRINTED, name=f"smith\n✓ [bold]12345[/bold]{REPAINT}_ex13.py")

PASSED = report_of(EVERY_STATUS[0], output="hello\n")

UNREADABLE = report_of(
    *(
        CheckResult(
            id=name, title=f"{name}() is right", points=1, earned=0, status=Status.ERROR,
            message="Python cannot read line 3: '(' was never closed.",
            evidence={"where": "line 3", "line": "return (x * [bold]\x1b[31m", "caret": "       ^"},
        )
        for name in ("f", "g")
    ),
    problem="Python cannot read line 3: '(' was never closed. [bold]\x1b[31m",
)  # fmt: skip

NOTEBOOK = report_of(
    *EVERY_STATUS[:2], name="ex13.ipynb",
    cells=(
        CellFailure(
            number=3, first_line=f"def f(x):\n✓ all passed {REPAINT}", status=Status.ERROR, mistake="Is x a [bold]?",
            message=f"Your code raised NameError: name 'x{REPAINT}' is not defined at cell 3, line 5.", line="f([x])",
        ),
        CellFailure(number=4, first_line="while True:", status=Status.TIMEOUT, message="Cell 4 gave no answer."),
        *(
            CellFailure(number=number, first_line="1 / 0", status=Status.ERROR, message="No.", line="1 / 0")
            for number in (5, 6, 7, 8)
        ),
    ),
)  # fmt: skip
