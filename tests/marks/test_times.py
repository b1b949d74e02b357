"""times.csv and Moodle's worksheets: whose time, of which exercise, and who says so."""

from __future__ import annotations

import pytest
from marked import EX13, EX14, NAMES

from grader.classroom.moments import Moment
from grader.errors import UsageError
from grader.marks.times import parse, told_of

STUDENTS = ("ada", "Ada Lovelace", "Bob (12)", "Bob (13)")
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Last modified (submission),Feedback comments\n"
    'Participant 11,Ada Lovelace,a@x,Submitted,,"Friday, 20 November 2026, 10:11 PM",\n'
    'Participant 13,Bob,b@x,Submitted,,"Friday, 20 November 2026, 22:11",\n'
    "Participant 14,Cem,c@x,No submission,,-,\n"
)


def told(text: str) -> tuple[dict[tuple[str, str], Moment], list[str]]:
    return told_of(list(parse(text)), STUDENTS, [EX13.id, EX14.id], lambda called: NAMES[called])


def test_a_row_speaks_of_one_exercise_or_of_all() -> None:
    found, doubts = told(
        "student,exercise,time\nada,ex13,2026-11-20 10:00\nada,,2026-11-21T10:00+01:00\nAda Lovelace,ex14,\n"
        "eve,ex13,2026-11-20\n"
    )
    assert {key: moment.at for key, moment in found.items()} == {
        ("ada", EX13.id): "2026-11-20T10:00:00",
        ("ada", EX14.id): "2026-11-21T10:00:00+01:00",
    }
    assert found["ada", EX13.id].source == "times.csv, line 2"
    assert doubts == ["times.csv, line 5: there is no student 'eve' in the class."]


def test_moodles_worksheet_tells_namesakes_apart() -> None:
    found, doubts = told(MOODLE)
    assert {student: moment.at for (student, _), moment in found.items()} == {
        "Ada Lovelace": "2026-11-20T22:11:00",
        "Bob (13)": "2026-11-20T22:11:00",
    }
    assert {moment.source for moment in found.values()} == {
        "Moodle's worksheet (times.csv, line 2)",
        "Moodle's worksheet (times.csv, line 3)",
    }
    assert doubts == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,when\na,b\n", "needs the columns student, exercise and time"),
        ("student,time\nada,noon\n", "line 2: 'noon' is no time"),
        ("student,time\nada\n", "line 2 has other cells"),
        ('student,time\n"ada\n', "is not CSV"),
        (MOODLE.replace("November", "novembre"), "is not in English"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_its_line(text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        told(text)
    assert sentence in str(caught.value)
    assert len(str(caught.value)) <= 200
