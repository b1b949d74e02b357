"""Reports as Gradescope's results.json; field names and visibilities are those of its autograder specification:
https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grader.classroom.record import ExerciseInfo
from grader.grading.attempts import REFUSED
from grader.reports.as_json import document
from grader.reports.conceal import conceal
from grader.reports.reveal import Reveal
from grader.reports.words import OUR_FAULT, callers, cell_reasons, quotation, reasons, title_of, verdict
from grader.results import CheckResult, Report, Status
from grader.text import clean

_OUTPUT_SHOWN = 4_000


def render(
    reports: Sequence[Report],
    reveal: Reveal = Reveal.TITLES,
    missing: Sequence[ExerciseInfo] = (),
    notes: Sequence[str] = (),
) -> str:
    """All reports of one student as one results.json.

    Args:
        reports: complete, not concealed.
        reveal: what students may see. `none`: Gradescope's `hidden`, which shows staff everything and students
            nothing. `titles` and `all`: `after_published`, without and with the reasons.
        missing: exercises that were asked for and not handed in; each is a test that earns nothing.
        notes: sentences for the student about what was handed in.
    """
    tests = [test for report in reports for test in _tests(report, reveal)]
    tests += [_missing(exercise) for exercise in missing]
    results = {
        "output": "\n\n".join([*map(_overall, reports), *map(clean, notes)]) or "No work was found.",
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        # What the autograder itself prints is for staff.
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "our_fault": any(report.our_fault for report in reports),
            "seeds": {report.exercise: report.seed for report in reports},
        },
    }
    return document(results)


def refused(why: str, last: Mapping[str, Any]) -> str:
    """A results.json for an upload that is not graded: it says why, and keeps the marks of the last one that was.

    Args:
        why: a sentence for the student.
        last: the results object of that one, as Gradescope hands it back.
    """
    results = {**last, "output": f"{why}\n\nShown are the results of your last graded attempt."}
    return document(results | {"extra_data": {**(last.get("extra_data") or {}), REFUSED: True}})


def _tests(report: Report, reveal: Reveal) -> Iterator[dict[str, Any]]:
    # Hidden from students by Gradescope, a hidden check may tell staff everything.
    shown = report if reveal is Reveal.NONE else conceal(report, reveal)
    for number, result in enumerate(shown.checks, 1):
        test: dict[str, Any] = {
            "name": f"{report.label}: {clean(title_of(result))}",
            "number": f"{report.label}.{number}",
            "output": _words(result),
            "visibility": _visibility(result, reveal),
        }
        if result.status not in (Status.GRADER_ERROR, Status.NOT_GRADABLE):
            passed = result.status is Status.PASSED
            test |= {"score": result.earned, "max_score": result.points, "status": "passed" if passed else "failed"}
        yield test


def _visibility(result: CheckResult, reveal: Reveal) -> str:
    if not result.hidden:
        return "visible"
    return "hidden" if reveal is Reveal.NONE else "after_published"


def _words(result: CheckResult) -> str:
    parts = [verdict(result).capitalize() + ".", *reasons(result), quotation(result), *callers(result)]
    if result.status is Status.GRADER_ERROR:
        parts.insert(1, OUR_FAULT)
    return "\n".join(part for part in parts if part)


def _overall(report: Report) -> str:
    """What a student sees at once: nothing that hidden questions could have written, whatever may be told later."""
    shown = conceal(report, Reveal.TITLES)
    lines = [f"{report.label}, {report.title}: {clean(report.submission.name)}"]
    if report.problem:
        lines.append(clean(report.problem))
    lines += [line for failure in shown.cells for line in cell_reasons(failure)]
    if report.our_fault:
        lines.append(OUR_FAULT)
    if shown.output.strip():
        lines += ["Your code printed:", clean(shown.output.strip())[:_OUTPUT_SHOWN]]
    lines += [clean(note) for note in shown.notes]
    return "\n".join(lines)


def _missing(exercise: ExerciseInfo) -> dict[str, Any]:
    return {
        "name": f"{exercise.label}: {exercise.title}",
        "number": exercise.label,
        "score": 0.0,
        "max_score": exercise.points,
        "status": "failed",
        "output": f"Not handed in: none of your files is one for {exercise.id}.",
        "visibility": "visible",
    }
