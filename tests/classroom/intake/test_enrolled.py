"""A roster, as platforms export one, says who is who; nobody is mistaken for somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_roster import EX13, WORK, lay

from grader.classroom.intake.enrolled import people, roster_at, roster_in, with_roster
from grader.classroom.intake.pupil import Pupil
from grader.classroom.intake.roster import Roster, opened
from grader.classroom.record import Identity
from grader.errors import UsageError
from grader.exercises.course import Course

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,ex13 (77),Final Score
    Points Possible,,,,,10,
"Lovelace, Ada",12345,S1,ada01,Tue,,
"Ross, Bob",999,S2,bob02,Tue,,
"Student, Test",4,,f3,Tue,,
"""
MOODLE = """Identifier,"Full name","Email address",Status,Grade
"Participant 12345","Ada Lovelace",ada@example.org,"Submitted",-
"Participant 7","Bob Ross",bob@example.org,"No submission",-
"""
GRADESCOPE = """First Name,Last Name,SID,Email,Sections,Total Score
Ada,Lovelace,S1,ada@example.org,Tue,
"""


def known(pupils: list[Pupil], text: str) -> dict[str, Identity]:
    return {pupil.name: pupil.identity for pupil in with_roster(pupils, people(text.encode(), "r.csv"))}


def test_platforms_own_files_are_read() -> None:
    assert people(CANVAS.encode(), "r.csv") == (
        Identity(name="Lovelace, Ada", id="12345", sid="S1", login="ada01", section="Tue"),
        Identity(name="Ross, Bob", id="999", sid="S2", login="bob02", section="Tue"),
    )
    assert people(MOODLE.encode(), "r.csv")[0] == Identity(name="Ada Lovelace", id="12345", email="ada@example.org")
    assert people(GRADESCOPE.encode(), "r.csv")[0] == Identity(
        name="Ada Lovelace", sid="S1", email="ada@example.org", section="Tue"
    )
    assert people("name;email\nAda;a@b.c\n".encode("utf-8-sig"), "r.csv") == (Identity(name="Ada", email="a@b.c"),)


@pytest.mark.parametrize(
    ("pupil", "text"),
    [
        (Pupil("lovelaceada", {}, identity=Identity(id="12345")), CANVAS),
        (Pupil("lovelaceada", {}), CANVAS),
        (Pupil("Ada Lovelace", {}), CANVAS),
        (Pupil("ADA01", {}), CANVAS),
        (Pupil("Ada Lovelace", {}, identity=Identity(id="12345")), MOODLE),
        (Pupil("somebody", {}, identity=Identity(email="ADA@example.org")), MOODLE),
        (Pupil("ada", {}), MOODLE),
        (Pupil("s1", {}), GRADESCOPE),
    ],
)
def test_a_student_is_known_by_number_address_or_name(pupil: Pupil, text: str) -> None:
    found = known([pupil], text)
    assert "Lovelace" in found[pupil.name].name
    assert all("Lovelace" not in who.name for name, who in found.items() if name != pupil.name)


def test_who_has_handed_in_nothing_is_in_the_class() -> None:
    found = {pupil.name: pupil for pupil in with_roster([Pupil("Ada Lovelace", {})], people(MOODLE.encode(), "r"))}
    assert set(found) == {"Ada Lovelace", "Bob Ross"}
    assert (found["Bob Ross"].works, found["Bob Ross"].notes) == ({}, ())


def test_namesakes_are_not_guessed_and_strangers_are_said() -> None:
    twice = b"name,id\nAda Lovelace,1\nAda Lovelace,2\n"
    pupils = [Pupil("Ada Lovelace", {}), Pupil("eve", {})]
    found = {pupil.name: pupil for pupil in with_roster(pupils, people(twice, "r.csv"))}
    assert found["Ada Lovelace"].identity.id == ""
    assert found["Ada Lovelace"].notes == ("More than one on the roster may be meant.",)
    assert found["eve"].notes == ("Not on the roster.",)
    assert len(found) == 4
    assert {pupil.identity.id for pupil in found.values()} == {"", "1", "2"}


def test_what_a_platform_said_stays_where_the_roster_is_silent() -> None:
    pupil = Pupil("ada", {}, identity=Identity(name="ada", id="5", email="ada@example.org"))
    assert known([pupil], "name,email,section\nAda L,ada@example.org,B\n")["ada"] == Identity(
        name="Ada L", id="5", email="ada@example.org", section="B"
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe\x00", "is no CSV in UTF-8"),
        (b"", "first row must name columns"),
        (b"points,comment\n1,x\n", "first row must name columns"),
        (b"name\n" + b"x" * (4 << 20), "has more than 4 MB"),
    ],
)
def test_what_is_no_roster_is_said_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        people(data, "roster.csv")


def test_a_roster_beside_the_work_is_read_and_one_in_a_students_folder_is_not(course: Course, tmp_path: Path) -> None:
    root = lay(tmp_path, {"roster.csv": MOODLE, f"Ada Lovelace/{EX13}.py": WORK, "eve/roster.csv": GRADESCOPE})
    with opened(root) as items:
        found = roster_in(items)
        roster = Roster(items, course.exercises())
        names = [pupil.name for pupil in with_roster(roster.pupils(), found)]
        assert roster.unread == []
    assert found == people(MOODLE.encode(), "r.csv")
    assert names == ["Ada Lovelace", "eve", "Bob Ross"]
    with pytest.raises(UsageError, match="cannot be read"):
        roster_at(tmp_path / "none.csv")
    with opened(lay(tmp_path / "other", {f"ada/{EX13}.py": WORK})) as items:
        assert roster_in(items) == ()
