"""Students under other names, so that whoever grades by hand does not know whose work it is. The key is kept apart."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from grader.classroom.flags import LIKE_OTHERS
from grader.classroom.record import UNKNOWN, ClassRecord, StudentRecord
from grader.results import CheckResult, Report

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look like others."""
_LENGTH: Final = 5
_FILE: Final = "submission"


def pseudonyms(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Name → pseudonym: the one that is known, or a new one, drawn so that it says nothing of the name."""
    taken = set(known.values())
    found = {}
    for name in names:
        word = known.get(name, "")
        while not word or (name not in known and word in taken):
            word = "student-" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        taken.add(word)
        found[name] = word
    return found


def anonymous(record: ClassRecord, key: Mapping[str, str]) -> ClassRecord:
    """The class under pseudonyms, in their order, which is not that of the names.

    Notes are left out, since they tell of files, and so is what could not be read as anybody's. The names of students'
    files become another wherever the grader has written them; what their code says of itself cannot be known.
    """
    students = [_student(student, key) for student in record.students]
    groups = [replace(g, students=tuple(sorted(key[name] for name in g.students))) for g in record.alike]
    several = (f"{len(record.unread)} more could not be read: the class without --anonymous says which.",)
    return replace(
        record,
        students=tuple(sorted(students, key=lambda student: student.name)),
        unread=several if record.unread else (),
        alike=tuple(groups),
        unnamed=tuple(replace(g, students=tuple(sorted(key[name] for name in g.students))) for g in record.unnamed),
        made_of="",
    )


def _student(student: StudentRecord, key: Mapping[str, str]) -> StudentRecord:
    told = {
        exercise: tuple(clause for clause in clauses if not clause.startswith(LIKE_OTHERS))
        for exercise, clauses in student.flags.items()
    }
    return replace(
        student,
        name=key[student.name],
        identity=UNKNOWN,
        notes=(),
        flags={exercise: clauses for exercise, clauses in told.items() if clauses},
        reports={exercise: _report(report) for exercise, report in student.reports.items()},
    )


def _report(report: Report) -> Report:
    name = report.submission.name
    other = _FILE + ("." + name.rpartition(".")[2] if "." in name else "")

    def hidden(text: str) -> str:
        return text.replace(name, other) if name else text

    def unnamed(result: CheckResult) -> CheckResult:
        evidence = {word: hidden(text) for word, text in result.evidence.items()}
        mistake = hidden(result.mistake) if result.mistake else result.mistake
        return replace(result, message=hidden(result.message), mistake=mistake, evidence=evidence)

    return replace(
        report,
        submission=replace(report.submission, name=other),
        problem=hidden(report.problem) if report.problem else report.problem,
        checks=tuple(map(unnamed, report.checks)),
        output=hidden(report.output),
        notes=tuple(map(hidden, report.notes)),
    )
