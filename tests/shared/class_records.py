"""A class whose every part is fixed, and hostile where it can be: what the tests of class reports share."""

from __future__ import annotations

import msgspec
from fixed_reports import EVERY_STATUS, FULL, PASSED, REPAINT, UNREADABLE, report_of

from grader.classroom.alike import Alike
from grader.classroom.record import ClassRecord, ExerciseInfo, StudentRecord
from grader.classroom.unnamed import Unnamed
from grader.results import CheckResult, Report, Status

SCRIPT = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
MARKDOWN = "`a` | [click](https://evil.example) <b>x</b> @everyone www.evil.example\n\n# big\n| a | b |\n"
EX13 = ExerciseInfo(id="ex13_sin_gradient", title="Gradient of sin(x²y)", points=12)
EX14 = ExerciseInfo(id="ex14_dense", title="A Dense layer, twice", points=3)


def other(report: Report) -> Report:
    """The report, of the other exercise."""
    return msgspec.structs.replace(report, exercise=EX14.id, title=EX14.title)


def hostile_report(text: str) -> Report:
    """A report with this text in every string that a student can return."""
    check = CheckResult(
        id="many_points", title="gradient_at() is right", points=2, earned=0, status=Status.ERROR,
        message=f"Your code raised ValueError: {text}", mistake=f"Is this it? {text}",
        evidence=dict.fromkeys(("asked", "got", "expected", "where", "line", "called_from", "error"), text),
    )  # fmt: skip
    return report_of(check, msgspec.structs.replace(check, id="b", hidden=True), output=text, name=text)


HOSTILE = SCRIPT + MARKDOWN + REPAINT
RECORD = ClassRecord(
    title="Building Neural Networks, autumn",
    created="2026-03-01T12:00:00Z",
    exercises=(EX13, EX14),
    students=(
        StudentRecord(name="Ada Lovelace", reports={EX13.id: report_of(*EVERY_STATUS[:6]), EX14.id: other(PASSED)}),
        StudentRecord(name="Žofie Nováková", reports={EX13.id: UNREADABLE}, notes=("Two files: the newer counts.",)),
        StudentRecord(name="nobody"),
        StudentRecord(name="our fault", reports={EX13.id: FULL}),
        StudentRecord(
            name="=HYPERLINK(\"http://evil.example\")", reports={EX13.id: hostile_report(HOSTILE)},
            flags={EX13.id: ("crashed the worker", f"the same text as {SCRIPT}")},
        ),
        StudentRecord(name=f"../{HOSTILE}", reports={EX14.id: other(PASSED)}, notes=(MARKDOWN,)),
    ),
    unread=(f"{SCRIPT}.zip is damaged and was not read.",),
    alike=(Alike(exercise=EX14.id, students=("Ada Lovelace", f"../{HOSTILE}"), same=True),),
    unnamed=(
        Unnamed(
            exercise=EX13.id, number=1, students=("Ada Lovelace", "our fault"), check="raises", checks=("raises",),
            said=f"ValueError: {HOSTILE}", program=f"print({HOSTILE!r})\n",
        ),
    ),
)  # fmt: skip
