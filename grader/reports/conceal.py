"""Takes out of a report what a student may not see of hidden checks.

A hidden check is worth something only while its inputs are unknown. They can be read from more than its message: from
its evidence, from the sentence that names a mistake, from whatever the student's code printed while it was asked, and
from how long it slept. So everything that hidden questions could have written is taken out, not what looks like them.
The verdicts of public checks stay: they are reached before the first hidden question is asked. So may a mistake's name,
if it is one of the few sentences that stand in the exercise's files as they are: it says which of them, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.classroom.record import ClassRecord
from grader.reports.reveal import Reveal
from grader.results import CheckResult, Report, Status

HIDDEN_ID = "hidden_checks"
UNSEEN_OUTPUT = "What your code printed is not shown, since it was asked hidden questions, too."
_LOST = (Status.FAILED, Status.ERROR, Status.TIMEOUT, Status.CRASHED, Status.SKIPPED)


def conceal(report: Report, reveal: Reveal) -> Report:
    """The report as a student may see it. Its points, its public checks and its `problem` stay what they are.

    What is taken out leaves its default. `Reveal.NONE` makes one result of the hidden checks, with the id `HIDDEN_ID`.
    """
    hidden = [result for result in report.checks if result.hidden]
    if reveal is Reveal.ALL or not hidden:
        return report
    public = [result for result in report.checks if not result.hidden]
    shown = [_all_in_one(hidden)] if reveal is Reveal.NONE else [_without_words(result, reveal) for result in hidden]
    # Made of what may be shown, so that whatever a report says besides, now or one day, stays behind.
    return Report(
        exercise=report.exercise,
        title=report.title,
        submission=report.submission,
        device=report.device,
        isolation=report.isolation,
        versions=report.versions,
        seed=report.seed,
        checks=(*public, *shown),
        problem=report.problem,
        # A notebook's cells run before the first question, in a worker that knows nothing of earlier ones.
        cells=report.cells,
        measured=report.measured,  # public checks find it out, before the first hidden question
        notes=(UNSEEN_OUTPUT,) if report.output.strip() else (),
        # Code that sleeps for as long as a hidden input says would tell it by the clock.
        duration_s=round(sum(result.duration_s for result in public), 3),
        schema_version=report.schema_version,
        earned=report.earned,
        points=report.points,
    )


def conceal_class(record: ClassRecord, reveal: Reveal) -> ClassRecord:
    """The record with every report as its student may see it."""
    return msgspec.structs.replace(
        record,
        students=tuple(
            msgspec.structs.replace(
                student, reports={name: conceal(report, reveal) for name, report in student.reports.items()}
            )
            for student in record.students
        ),
    )


def _without_words(result: CheckResult, reveal: Reveal) -> CheckResult:
    named = reveal is Reveal.MISTAKES and result.authored
    return CheckResult(
        id=result.id,
        title=result.title,
        points=result.points,
        earned=result.earned,
        status=result.status,
        hidden=True,
        kind=result.kind,
        mistake=result.mistake if named else None,
        authored=named,
    )


def _all_in_one(hidden: Sequence[CheckResult]) -> CheckResult:
    asked = [result for result in hidden if result.status is not Status.NOT_GRADABLE]
    passed = sum(result.status is Status.PASSED for result in asked)
    return CheckResult(
        id=HIDDEN_ID,
        title="1 hidden check" if len(hidden) == 1 else f"{len(hidden)} hidden checks",
        points=round(sum(result.points for result in asked), 2),
        earned=round(sum(result.earned for result in hidden), 2),
        status=_overall([result.status for result in asked]),
        hidden=True,
        message=f"{passed} of {len(asked)} passed." if asked else "",
    )


def _overall(asked: Sequence[Status]) -> Status:
    if not asked:
        return Status.NOT_GRADABLE
    if Status.GRADER_ERROR in asked:
        return Status.GRADER_ERROR
    return Status.FAILED if any(status in _LOST for status in asked) else Status.PASSED
