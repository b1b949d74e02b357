"""Reports as they are read: golden files for a terminal and for JSON, and the published schema.

After a change that is meant, write the golden files anew, read their diff, and commit them with the change:
GOLDEN_UPDATE=1 python -m pytest tests/reports/test_reports.py
The schema is written anew by: grade schema > docs/report.schema.json
"""

from __future__ import annotations

import io
from pathlib import Path

import jsonschema
import msgspec
import pytest
from fixed_reports import EVERY_STATUS, FULL, NOTEBOOK, PASSED, REPAINT, UNREADABLE, golden, report_of
from hypothesis import given, settings
from hypothesis import strategies as st
from places import ROOT
from rich.console import Console

from grader.exercises.course import Course
from grader.reports import as_json, board, formats, plain, terminal, watch, words
from grader.reports.format_names import Format
from grader.reports.reveal import Reveal
from grader.results import CheckResult, Report, Status
from grader.submissions.progress import LastResult

SCHEMA = ROOT / "docs" / "report.schema.json"


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


# Classroom 50 is told a sentence a check, and nothing of the program; it refuses what our own faults left open.
@pytest.mark.parametrize("form", [form for form in Format if form is not Format.CLASSROOM50])
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
        LastResult(sha256="a", earned=10, points=10, passed=True),
        LastResult(sha256="b", earned=10, points=10, passed=True),
        LastResult(sha256="a", earned=2.5, points=10, passed=False),
        None,
    ]
    exercises = Course(tmp_path).exercises()
    rows = [board.Row(e.id, e.label, e.title, e.points, last, "a") for e, last in zip(exercises, entries, strict=True)]
    golden("board.txt", terminal.as_text(board.render(rows)))
    golden("board_40.txt", terminal.as_text(board.render(rows), 40))
    golden("board_plain.txt", plain.board(rows) + "\n")


def test_a_board_on_which_all_is_done_says_so(tmp_path: Path) -> None:
    assert "Well done!" in terminal.as_text(board.render([]))


def test_a_check_that_has_earned_some_of_its_points_is_partly_right() -> None:
    failed = next(result for result in FULL.checks if result.status is Status.FAILED)
    part, none = (msgspec.structs.replace(failed, earned=earned) for earned in (1.0, 0.0))
    assert words.verdict(part) == "partly right"
    assert words.verdict(none) == "not right yet"
