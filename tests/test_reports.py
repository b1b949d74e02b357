"""Reports as they are read: golden files for a terminal and for JSON, and the published schema.

After a change that is meant, write the golden files anew, read their diff, and commit them with the change:
GOLDEN_UPDATE=1 python -m pytest tests/test_reports.py
The schema is written anew by: grade schema > docs/report.schema.json
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from grader.exercises import Course
from grader.progress import Entry
from grader.reports import as_json, board, formats, plain, terminal, watch
from grader.reports.format_names import Format
from grader.results import CellFailure, CheckResult, Isolation, Report, Status, Submission
from grader.reveal import Reveal

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = Path(__file__).parent / "golden"
SCHEMA = ROOT / "docs" / "report.schema.json"
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


def test_the_fixed_report_has_every_status() -> None:
    assert {result.status for result in FULL.checks} == set(Status)


@pytest.mark.parametrize("width", [100, 60])
def test_a_report_at_a_terminal(width: int) -> None:
    golden(f"report_{width}.txt", terminal.as_text(terminal.render(FULL), width))


def test_a_report_of_work_that_passed() -> None:
    golden("passed.txt", terminal.as_text(terminal.render(PASSED)))


def test_a_report_of_work_that_cannot_be_loaded() -> None:
    golden("unreadable.txt", terminal.as_text(terminal.render(UNREADABLE)))


def test_a_report_of_a_notebook_some_of_whose_cells_failed() -> None:
    golden("notebook.txt", terminal.as_text(terminal.render(NOTEBOOK)))


def test_a_summary_of_several_reports() -> None:
    owners = [f"smith[bold]{REPAINT}", "lee.py", "kim.py", "our.py"]
    reports = [report_of(*EVERY_STATUS[:6]), PASSED, UNREADABLE, FULL]
    golden("summary.txt", terminal.as_text(terminal.render_summary(reports, owners)))


def test_a_report_in_plain_words() -> None:
    golden("plain.txt", plain.report(FULL) + "\n")
    golden("plain_unreadable.txt", plain.report(UNREADABLE) + "\n")
    golden("plain_notebook.txt", plain.report(NOTEBOOK) + "\n")


def test_reports_in_plain_words_end_with_a_line_each() -> None:
    text = plain.summary([PASSED, UNREADABLE, FULL], ["lee.py", f"kim\n{REPAINT}", "our.py"])
    assert text.splitlines() == [
        "passed: lee.py, ex13, 3 of 3 points",
        "failed: kim\\n\\x1b[2J\\x1b[31m\\x1b]0;title\\x07\\x9b31m\\x202e\\x00\\x0d, ex13, 0 of 2 points",
        "not graded, our fault: our.py, ex13, 3 of 11 points",
    ]


WATCHED = watch.View(
    title="Gradient of sin(x²y)",
    report=FULL,
    news="checked at 12:00:00",
    hint="hint 1 of 4: Six.",
    keys="h hint · q quit",
)


def test_watching_shows_first_what_is_to_be_done_first() -> None:
    golden("watch.txt", terminal.as_text(watch.screen(watch.render(WATCHED), WATCHED), 80))
    golden("watch_plain.txt", plain.watch(WATCHED) + "\n")


@pytest.mark.parametrize(("width", "height"), [(40, 12), (40, 100), (100, 30), (20, 5), (10, 2), (80, 1)])
def test_a_watched_screen_is_filled_exactly_and_ends_with_the_keys(width: int, height: int) -> None:
    console = Console(width=width, height=height, color_system=None, legacy_windows=False)
    options = console.options.update(width=width, height=height)
    lines = console.render_lines(watch.screen(watch.render(WATCHED), WATCHED), options)
    texts = ["".join(segment.text for segment in line) for line in lines]
    assert len(texts) == height
    assert {len(text) for text in texts} == {width}
    if height > 5:
        assert texts[-1].strip() == "h hint · q quit"
        assert texts[0].startswith("Gradient of sin")


def test_reports_as_json() -> None:
    golden("reports.json", as_json.render([FULL, PASSED, UNREADABLE, NOTEBOOK]))


def colours(renderable: object) -> str:
    """What a terminal with colours receives."""
    console = Console(
        file=io.StringIO(), width=100, force_terminal=True, color_system="truecolor", legacy_windows=False
    )
    console.print(renderable)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_in_colour_only_our_own_escapes_reach_the_terminal() -> None:
    text = colours(terminal.render(FULL))
    assert "\x1b[" in text, "the report itself is coloured"
    for escape in ("\x1b[2J", "\x1b]", "\x07", "\x9b", "\u202e", "\x00", "\r"):
        assert escape not in text


@pytest.mark.parametrize("form", Format)
def test_every_form_says_from_where_the_students_own_line_was_called(form: Format) -> None:
    text = formats.render(form, [FULL, UNREADABLE], Reveal.ALL)
    assert "line 30: main()" in text
    assert form is Format.JSON or "called from line 30: main()" in text


def test_markup_of_a_students_text_is_shown_and_not_obeyed() -> None:
    text = terminal.as_text(terminal.render(FULL))
    assert "[bold]" in text
    assert "[red]loss[/red] 0.5 :smile:" in text
    assert "gradient() takes any function [of any number of variables]" in text


def test_a_newline_in_a_files_name_draws_no_line_of_its_own() -> None:
    text = terminal.as_text(terminal.render(FULL))
    assert not [line for line in text.splitlines() if line.startswith("✓ [bold]")]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_no_text_of_a_student_reaches_the_terminal_unclean(text: str) -> None:
    check = CheckResult(
        id="a", title="t", points=1, earned=0, status=Status.FAILED, message=text, mistake=text, evidence={"line": text}
    )
    shown = terminal.as_text(terminal.render(report_of(check, output=text, name=text)))
    assert all(character.isprintable() or character == "\n" for character in shown)


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_json_gives_back_any_text_of_a_student_and_is_printable_itself(text: str) -> None:
    check = CheckResult(id="a", title="t", points=1, earned=0, status=Status.FAILED, message=text)
    document = as_json.render([report_of(check, output=text)])
    found = msgspec.json.decode(document, type=as_json.Reports)
    assert found.reports == (report_of(check, output=text),)
    assert all(character.isprintable() or character == "\n" for character in document)


def test_long_output_is_cut_at_the_terminal() -> None:
    shown = terminal.as_text(terminal.render(report_of(EVERY_STATUS[1], output="x" * 100_000)))
    assert len(shown) < 3_000
    assert "…" in shown


# --- the schema -------------------------------------------------------------------------------------------------------


def test_the_published_schema_is_the_codes() -> None:
    of_code = msgspec.json.decode(msgspec.json.encode(as_json.schema()))
    assert msgspec.json.decode(SCHEMA.read_bytes()) == of_code, "Write it anew: see this file's docstring."


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(as_json.schema())


@pytest.mark.parametrize(
    "reports", [[], [FULL], [PASSED, UNREADABLE], [NOTEBOOK]], ids=["none", "one", "two", "a notebook"]
)
def test_every_json_report_fits_the_schema(reports: list[Report]) -> None:
    jsonschema.validate(msgspec.json.decode(as_json.render(reports)), msgspec.json.decode(SCHEMA.read_bytes()))


def test_the_schema_refuses_what_is_no_report() -> None:
    document = msgspec.json.decode(as_json.render([FULL]))
    document["reports"][0]["checks"][0]["status"] = "almost"
    with pytest.raises(jsonschema.ValidationError, match="almost"):
        jsonschema.validate(document, msgspec.json.decode(SCHEMA.read_bytes()))


# --- the board --------------------------------------------------------------------------------------------------------


def test_the_board_says_what_is_done_and_what_comes_next(tmp_path: Path) -> None:
    for name in ("ex01_done", "ex02_changed", "ex03_started", "ex04_new"):
        folder = tmp_path / "exercises" / name
        folder.mkdir(parents=True)
        (folder / "exercise.toml").write_text(
            f'title = "[bold]{name}"\npoints = 10\nstub = "{name}.py"\nhints = ["a"]\n', encoding="utf-8"
        )
        (folder / f"{name}.py").write_text("")
    entries = [
        Entry(sha256="a", earned=10, points=10, passed=True),
        Entry(sha256="b", earned=10, points=10, passed=True),
        Entry(sha256="a", earned=2.5, points=10, passed=False),
        None,
    ]
    rows = [(exercise, entry, "a") for exercise, entry in zip(Course(tmp_path).exercises(), entries, strict=True)]
    golden("board.txt", terminal.as_text(board.render(rows)))
    golden("board_40.txt", terminal.as_text(board.render(rows), 40))
    golden("board_plain.txt", plain.board(rows) + "\n")


def test_a_board_on_which_all_is_done_says_so(tmp_path: Path) -> None:
    assert "Well done!" in terminal.as_text(board.render([]))
