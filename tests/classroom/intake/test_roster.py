"""Whatever way a class's work arrives, every student and every file is accounted for."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pytest

from grader.authoring import release
from grader.classroom.intake import archives, folders
from grader.classroom.intake.items import NAME_CAP
from grader.classroom.intake.pupil import Pupil
from grader.classroom.intake.roster import Roster, opened
from grader.errors import UsageError
from grader.exercises.course import Course
from grader.sandbox.inside.reader.archives import DIRECTORY_CAP
from grader.submissions.twins import twin

EX13, EX14 = "ex13_sin_gradient", "ex14_dense"
WORK = b"def sin_x2y(x, y): ...\n"


def taken_in(course: Course, path: Path, *wanted: str) -> tuple[dict[str, Pupil], list[str]]:
    """Name → student, and what could not be read as anybody's."""
    with opened(path) as items:
        roster = Roster(items, course.exercises(), wanted)
        pupils = list(roster.pupils())
    assert len({pupil.name for pupil in pupils}) == len(pupils) == len(roster)
    return {pupil.name: pupil for pupil in pupils}, roster.unread


def lay(root: Path, files: Mapping[str, bytes | str]) -> Path:
    """Files below root; in the order given, each a minute newer than the one before."""
    for age, (name, content) in enumerate(files.items()):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.utime(path, (1_700_000_000 + 60 * age,) * 2)
    return root


def packed(files: Mapping[str, bytes], **info: object) -> bytes:
    """A zip file, each member a minute newer than the one before."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for age, (name, content) in enumerate(files.items()):
            member = zipfile.ZipInfo(name, (2024, 5, 1, 12, age, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            for key, value in info.items():
                setattr(member, key, value)
            archive.writestr(member, content)
    return memory.getvalue()


def sources(pupil: Pupil) -> dict[str, bytes]:
    return {exercise: work.source for exercise, work in pupil.works.items()}


# --- layouts --------------------------------------------------------------------------------------------------------

LAYOUTS = {
    "a folder each": {"ada/ex13_sin_gradient.py": b"a", "bob/deeper/ex13.py": b"b"},
    "a zip each": {"ada.zip": packed({"hw/ex13_sin_gradient.py": b"a"}), "bob.zip": packed({"ex13_bob.py": b"b"})},
    "a file each": {"ada_ex13_sin_gradient.py": b"a", "bob-ex13.py": b"b"},
    "all three": {"ada/hw.zip": packed({"ex13_sin_gradient.py": b"a"}), "ex13_sin_gradient_bob.py": b"b"},
    "one folder around": {"class/ada/ex13_sin_gradient.py": b"a", "class/bob/ex13_sin_gradient.py": b"b"},
    "repositories": {
        "ex13-ada/exercises/ex13_sin_gradient/ex13_sin_gradient.py": b"a",
        "ex13-ada/exercises/ex13_sin_gradient/checks.py": b"no work of ada's",
        "ex13-bob/ex13_sin_gradient.py": b"b",
    },
    "clones": {
        "autograd-ada/.git/HEAD": b"",
        "autograd-ada/ex13_sin_gradient.py": b"a",
        "autograd-bob/.git/HEAD": b"",
        "autograd-bob/src/ex13_sin_gradient.py": b"b",
    },
    "Classroom 50, downloaded": {
        "nn-fall-ex13-ada/.classroom50.yaml": b"classroom: nn-fall",
        "nn-fall-ex13-ada/.github/workflows/autograde.yaml": b"on: push",
        "nn-fall-ex13-ada/ex13_sin_gradient.py": b"a",
        "nn-fall-ex13-bob/.classroom50.yaml": b"classroom: nn-fall",
        "nn-fall-ex13-bob/ex13_sin_gradient.py": b"b",
    },
    "Gradescope": {
        "assignment_9_export/submission_metadata.yml": (
            b"---\nsubmission_11:\n  :submitters:\n  - :name: ada\n    :sid: '1'\n  :created_at: 2024-02-14 03:27:15\n"
            b"  :history:\n  - :id: 3\nsubmission_12:\n  :submitters:\n  - :name: bob\n    :email: bob@example.org\n"
        ),
        "assignment_9_export/submission_11/ex13_sin_gradient.py": b"a",
        "assignment_9_export/submission_12/ex13_sin_gradient.py": b"b",
    },
    "Moodle, folders": {
        "ada_101_assignsubmission_file_/ex13_sin_gradient.py": b"a",
        "bob_102_assignsubmission_file/ex13_sin_gradient.py": b"b",
        "bob_102_assignsubmission_onlinetext_/onlinetext.html": b"<p>see file",
    },
    "Moodle, flat": {
        "ada_101_assignsubmission_file_ex13_sin_gradient.py": b"a",
        "bob_102_assignsubmission_file_ex13.py": b"b",
    },
    "Gradescope without students' numbers": {
        "submission_metadata.yml": b"s1:\n  :submitters:\n  - :name: ada\n    :sid: ''\n    :email: a@example.org\n"
        b"s2:\n  :submitters:\n  - :name: bob\n    :email: b@example.org\n",
        "s1/ex13_sin_gradient.py": b"a",
        "s2/ex13_sin_gradient.PY": b"b",
    },
    "Blackboard": {
        "Homework 3_ada_attempt_2026-11-20-10-11-12.txt": b"Name: Ada (ada)",
        "Homework 3_ada_attempt_2026-11-21-08-00-00.txt": b"Name: Ada (ada)",
        "Homework 3_ada_attempt_2026-11-21-08-00-00_ex13_sin_gradient.py": b"a",
        "Homework 3_ada_attempt_2026-11-20-10-11-12_ex13_sin_gradient.py": b"an earlier attempt, unpacked later",
        "Homework 3_bob_attempt_2026-11-20-10-11-12.txt": b"Name: Bob (bob)",
        "Homework 3_bob_attempt_2026-11-20-10-11-12_ex13.py": b"b",
    },
    "Brightspace, folders": {
        "index.html": b"<html>",
        "12345-67890 - ada - Nov 20, 2026 1011 AM/ex13_sin_gradient.py": b"an earlier attempt",
        "12345-67890 - ada - Nov 20, 2026 930 PM/ex13_sin_gradient.py": b"a",
        "12346-67890 - bob - Nov 20, 2026 1012 AM/ex13_sin_gradient.py": b"b",
    },
    "Brightspace, flat": {
        "index.html": b"<html>",
        "12345-67890 - ada - Nov 20, 2026 1011 AM - ex13_sin_gradient.py": b"a",
        "12346-67890 - bob - Nov 20, 2026 1012 AM - my_ex13.py": b"b",
    },
    "one folder around, with strays": {
        "hw3/grades.csv": b"student,grade",
        "hw3/ada/ex13_sin_gradient.py": b"a",
        "hw3/bob/ex13_sin_gradient.py": b"b",
    },
    "a platform's files in one folder, with strays": {
        "submissions/comments.txt": b"late ones follow",
        "submissions/ada_12345_67890_ex13_sin_gradient.py": b"a",
        "submissions/bob_12346_67891_ex13_sin_gradient.py": b"b",
    },
    "Canvas": {
        "ada_101_9001_ex13_sin_gradient.py": b"a",
        "bob_LATE_102_9002_ex13_sin_gradient-1.py": b"b",
    },
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])
def test_every_layout_gives_the_same_two_students(course: Course, tmp_path: Path, layout: str, as_zip: bool) -> None:
    files = LAYOUTS[layout]
    if as_zip and layout == "clones":
        pytest.skip("a zip of clones says nothing of .git")
    target = tmp_path / "all.zip" if as_zip else lay(tmp_path / "class", files)
    if as_zip:
        target.write_bytes(packed({**files, "__MACOSX/._ada": b"junk", ".DS_Store": b"junk"}))
    pupils, unread = taken_in(course, target)
    assert {name: sources(pupil) for name, pupil in pupils.items()} == {"ada": {EX13: b"a"}, "bob": {EX13: b"b"}}
    strays = [PurePosixPath(name).name for name in files if name.endswith((".csv", ".html", "comments.txt"))]
    assert unread == [f"{stray}: its name does not say whose it is." for stray in strays if "onlinetext" not in stray]


def test_canvas_late_marks_and_anonymous_names_are_read(course: Course, tmp_path: Path) -> None:
    lay(tmp_path, {"bob_LATE_102_9_ex13.py": WORK, "anon_Ab3xZ_9_ex13.py": WORK})
    pupils, _ = taken_in(course, tmp_path)
    assert pupils["bob"].notes == ("ex13: ex13.py was handed in late.",)
    assert sources(pupils["anon Ab3xZ"]) == {EX13: WORK}


def test_namesakes_are_told_apart_by_the_platforms_number(course: Course, tmp_path: Path) -> None:
    lay(tmp_path, {"ada_101_9_ex13.py": b"1", "ada_102_9_ex13.py": b"2"})
    pupils, _ = taken_in(course, tmp_path)
    assert {name: sources(pupil)[EX13] for name, pupil in pupils.items()} == {"ada (101)": b"1", "ada (102)": b"2"}


def test_a_group_has_a_row_for_each_and_says_with_whom(course: Course, tmp_path: Path) -> None:
    metadata = "s1:\n  :submitters:\n  - :name: Ada\n  - :name: Bob\ns2: 7\n"
    lay(tmp_path, {"submission_metadata.yml": metadata, "s1/ex13.py": WORK, "s2/ex13.py": WORK})
    pupils, _ = taken_in(course, tmp_path)
    assert list(pupils) == ["Ada", "Bob", "s2"]
    assert pupils["Ada"].notes == ("Handed in together with Bob.",)
    assert pupils["Bob"].together == ("Ada",)


@pytest.mark.parametrize("text", ["{", "&a [*a, !!python/object/apply:os.system [x]]", "[" * 9999, "\x00", "- 1", ""])
def test_bad_metadata_costs_nobody_their_work(course: Course, tmp_path: Path, text: str) -> None:
    lay(tmp_path, {"submission_metadata.yml": text, "submission_1/ex13.py": WORK})
    pupils, _ = taken_in(course, tmp_path)
    assert sources(pupils["submission_1"]) == {EX13: WORK}


# --- which file -----------------------------------------------------------------------------------------------------


def test_of_two_files_the_newer_counts_and_that_is_said(course: Course, tmp_path: Path) -> None:
    lay(tmp_path, {"ada/new/ex13_sin_gradient.py": b"old", "ada/ex13_sin_gradient (1).py": b"new"})
    pupils, _ = taken_in(course, tmp_path)
    assert sources(pupils["ada"]) == {EX13: b"new"}
    assert pupils["ada"].notes == (
        "ex13: of 2 files ada/ex13_sin_gradient (1).py was graded, the newest, of 2023-11-14 22:14:20 UTC; "
        "not ada/new/ex13_sin_gradient.py.",
    )


def test_a_file_named_like_the_stub_counts_before_a_newer_one_that_is_not(course: Course, tmp_path: Path) -> None:
    lay(tmp_path, {"ada/ex13_sin_gradient.py": b"work", "ada/my_notes_on_ex13.py": b"notes"})
    pupils, _ = taken_in(course, tmp_path)
    assert sources(pupils["ada"]) == {EX13: b"work"}
    assert "named most like the stub" in pupils["ada"].notes[0]


def test_equally_old_copies_are_ordered_by_their_number(course: Course, tmp_path: Path) -> None:
    lay(tmp_path, {f"ada/ex13_sin_gradient{mark}.py": mark.encode() for mark in ("-2", "-10", "")})
    for path in (tmp_path / "ada").iterdir():
        os.utime(path, (1_700_000_000,) * 2)
    pupils, _ = taken_in(course, tmp_path)
    assert sources(pupils["ada"]) == {EX13: b"-10"}


@pytest.mark.parametrize(
    ("worked_on", "graded", "notes"),
    [
        (["ipynb"], "ipynb", ()),
        (["py"], "py", ()),
        ([], "py", ("ex13: the stub as it was handed out.",)),
        (["py", "ipynb"], "ipynb", None),
    ],
    ids=["the notebook", "the file", "nothing", "both"],
)
def test_in_a_whole_kit_the_untouched_stub_and_twin_are_not_taken_for_work(
    course: Course, tmp_path: Path, worked_on: list[str], graded: str, notes: tuple[str, ...] | None
) -> None:
    exercise = course.find("ex13")
    originals = {"py": exercise.stub_path.read_bytes(), "ipynb": twin(exercise).encode()}
    work = {kind: content.replace(b"raise NotImplementedError", b"return x") for kind, content in originals.items()}
    # As a clone has it: whichever file happens to be the newest, and the second copies after all.
    order = sorted(originals, key=lambda kind: (kind in worked_on, kind == graded))
    folder = f"ada/exercises/{EX13}"
    files = {f"{folder}/{EX13}.{kind}": (work if kind in worked_on else originals)[kind] for kind in order}
    files |= {f"{folder}/.stub/{EX13}.{kind}": content for kind, content in originals.items()}
    for reverse in (False, True) if len(worked_on) == 1 else (False,):
        lay(tmp_path, dict(sorted(files.items(), reverse=reverse)) if len(worked_on) < 2 else files)
        ada = taken_in(course, tmp_path)[0]["ada"]
        assert ada.works[EX13].name == f"{EX13}.{graded}"
        if notes is None:
            assert "ex13: of 2 files" in ada.notes[0]
        else:
            assert ada.notes == notes


def test_of_a_whole_kit_nothing_but_the_students_own_is_named(course: Course, tmp_path: Path) -> None:
    kit = release.build(course)
    stub = f"exercises/{EX13}/{EX13}.py"
    lay(
        tmp_path,
        {f"ada/{name}": content for name, content in {**kit, stub: WORK, "notes.txt": b"", "a.py": b""}.items()},
    )
    ada = taken_in(course, tmp_path)[0]["ada"]
    assert ada.works[EX13].source == WORK
    untouched = [exercise.label for exercise in course.exercises() if exercise.id != EX13]
    assert list(ada.notes) == [
        "No exercise is named by ada/a.py: not graded.",
        "Not a Python file: notes.txt.",
        f"{', '.join(untouched)}: the stub as it was handed out.",
    ]


def test_what_is_not_graded_is_named(course: Course, tmp_path: Path) -> None:
    stub = course.find("ex14").stub_path.read_bytes()
    lay(
        tmp_path,
        {"ada/ex13.ipynb": "{}", "ada/solution.py": WORK, "ada/plot.png": "", "ada/ex14_dense.py": stub, "x.csv": ""},
    )
    (tmp_path / "eve").mkdir()
    pupils, unread = taken_in(course, tmp_path)
    notes = " ".join(pupils["ada"].notes)
    assert "No exercise is named by ada/solution.py: not graded." in notes
    assert "Not a Python file: plot.png." in notes
    assert "ex14: the stub as it was handed out." in notes
    assert pupils["ada"].works[EX13].problem is not None
    assert pupils["eve"].notes == ("Nothing was handed in: the folder is empty.",)
    assert unread == ["x.csv: its name does not say whose it is."]


def test_the_only_file_is_the_work_where_one_exercise_is_asked_for(course: Course, tmp_path: Path) -> None:
    lay(tmp_path, {"ada/solution.py": WORK, "bob/a.py": WORK, "bob/b.py": WORK, "cy/ex14_dense.py": WORK})
    pupils, _ = taken_in(course, tmp_path, EX13)
    assert {name: sources(pupil) for name, pupil in pupils.items()} == {"ada": {EX13: WORK}, "bob": {}, "cy": {}}


# --- odd names ------------------------------------------------------------------------------------------------------


def test_absurd_names_are_kept_apart_and_can_be_shown(course: Course, tmp_path: Path) -> None:
    names = ["Zoë", "李雷", "ada\nbob\x1b[2J", "x" * 250, "x" * 251, "‮evil", " ", "=cmd|' /C calc'!A0", "<script>"]
    for name in names:
        lay(tmp_path, {f"{name}/ex13.py": WORK})
    raw = os.path.join(os.fsencode(tmp_path), b"caf\xe9")
    os.mkdir(raw)
    Path(os.fsdecode(os.path.join(raw, b"ex13.py"))).write_bytes(WORK)
    pupils, _ = taken_in(course, tmp_path)
    assert len(pupils) == len(names) + 1
    for name, pupil in pupils.items():
        assert sources(pupil) == {EX13: WORK}
        assert name.isprintable()
        assert len(name) <= NAME_CAP
        name.encode()


@pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize(("one", "other"), [("Zoe\u0308", "Zo\u00eb"), ("ada\nb", "ada b")], ids=["unicode", "lines"])
def test_names_that_only_look_alike_are_two_students(
    course: Course, tmp_path: Path, one: str, other: str, as_zip: bool
) -> None:
    files = {f"{one}/ex13.py": b"1", f"{other}/ex13.py": b"2", f"{one}/ex14_dense.py": b"3"}
    target = tmp_path / "all.zip" if as_zip else lay(tmp_path / "class", files)
    if as_zip:
        target.write_bytes(packed(files))
    pupils, _ = taken_in(course, target)
    assert sorted(map(len, map(sources, pupils.values()))) == [1, 2]
    assert {source for pupil in pupils.values() for source in sources(pupil).values()} == {b"1", b"2", b"3"}


def test_namesakes_without_numbers_are_told_apart_by_their_addresses(course: Course, tmp_path: Path) -> None:
    people = "".join(
        f"s{n}:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: ''\n    :email: {who}@example.org\n"
        for n, who in enumerate(("ada", "mallory", "ada"))
    )
    lay(tmp_path, {"submission_metadata.yml": people, **{f"s{n}/ex13.py": str(n) for n in range(3)}})
    pupils, _ = taken_in(course, tmp_path)
    assert {name: sources(pupil)[EX13] for name, pupil in pupils.items()} == {
        "Ada Lovelace (ada@example.org)": b"2",
        "Ada Lovelace (mallory@example.org)": b"1",
    }


def test_sakais_folders_are_students_and_its_own_files_no_work(course: Course, tmp_path: Path) -> None:
    ada, bob = "Homework/Lovelace, Ada(ada01)", "Homework/Meier, Bob(bob02)"
    lay(
        tmp_path,
        {
            "Homework/grades.csv": "",
            f"{ada}/Submission attachment(s)/ex13.py": WORK,
            f"{ada}/timestamp.txt": "2026",
            f"{bob}/timestamp.txt": "2026",
        },
    )
    pupils, _ = taken_in(course, tmp_path)
    assert sources(pupils["Lovelace, Ada"]) == {EX13: WORK}
    assert pupils["Lovelace, Ada"].notes == ()
    assert pupils["Meier, Bob"].notes == ("Nothing was handed in that could be graded.",)


@pytest.mark.parametrize("name", ["ada_ex13.py.txt", "ada.rar", "ada.tar.gz", "ada.7z", "ada_ex13.pdf", "ada.docx"])
def test_whose_a_file_is_does_not_depend_on_whether_it_can_be_graded(course: Course, tmp_path: Path, name: str) -> None:
    lay(tmp_path, {name: "x", "bob_ex13.py": WORK, "README.md": "", "notes.txt": "", "grades.pdf": ""})
    pupils, unread = taken_in(course, tmp_path)
    assert set(pupils) == {"ada", "bob"}
    assert pupils["ada"].notes == (f"Not a Python file: {name}.", "Nothing was handed in that could be graded.")
    assert len(unread) == 3


def test_a_folder_that_may_be_a_class_is_asked_about(course: Course, tmp_path: Path) -> None:
    lay(tmp_path, {f"hw3/{who}/ex13_sin_gradient.py": WORK for who in "abcd"} | {"bob/ex13.py": WORK})
    with opened(tmp_path) as items:
        (doubt,) = Roster(items, course.exercises()).doubts()
    assert doubt == "hw3 holds 4 files for ex13, and is taken for one student: if it is a class, name that folder."


def test_thousands_of_odd_members_are_told_in_a_few_sentences(course: Course, tmp_path: Path) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name in (*(f"../{number}.py" for number in range(3000)), "ex13.py"):
            archive.writestr(zipfile.ZipInfo(name), WORK)
    lay(tmp_path, {"ada.zip": memory.getvalue(), "bob/ex13.py": WORK})
    pupils, unread = taken_in(course, tmp_path)
    assert sources(pupils["ada"]) == {EX13: WORK}
    (note,) = pupils["ada"].notes
    assert note == "ada.zip holds 3,000 files, such as ../0.py, of which each points outside its archive: not read."
    assert unread == []


# --- attacks --------------------------------------------------------------------------------------------------------


def test_links_and_devices_are_not_followed(course: Course, tmp_path: Path) -> None:
    lay(tmp_path, {"secret.txt": "x", "class/ada/ex14_dense.py": WORK})
    ada = tmp_path / "class/ada"
    (ada / "ex13_sin_gradient.py").symlink_to(tmp_path / "secret.txt")
    (ada / "loop").symlink_to(ada)
    os.mkfifo(ada / "ex05_inplace_errors.py")
    (tmp_path / "class/eve").symlink_to(tmp_path)
    pupils, unread = taken_in(course, tmp_path / "class")
    assert sources(pupils["ada"]) == {EX14: WORK}
    notes = " ".join(pupils["ada"].notes)
    assert "ada/ex13_sin_gradient.py is a link" in notes
    assert "ada/loop is a link" in notes
    assert "ada/ex05_inplace_errors.py is not a regular file" in notes
    assert unread == ["eve is a link, and was not followed: the file itself must be handed in."]


def test_unreadable_and_crowded_folders_are_named(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MOST", 50)
    lay(tmp_path, {f"ada/{number}.txt": "" for number in range(60)})
    lay(tmp_path, {"bob/" + "d/" * 30 + "ex13.py": WORK, "cy/ex13.py": WORK})
    pupils, _ = taken_in(course, tmp_path)
    assert any("holds more than 50 files" in note for note in pupils["ada"].notes)
    assert any("folders deep" in note for note in pupils["bob"].notes)
    assert sources(pupils["cy"]) == {EX13: WORK}


def names_in(pupil: Pupil) -> str:
    return " ".join(pupil.notes)


def test_of_two_members_of_one_name_the_later_one_counts(course: Course, tmp_path: Path) -> None:
    """As if the archive had been unpacked."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(zipfile.ZipInfo("ex13_sin_gradient.py"), b"first\n")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(zipfile.ZipInfo("ex13_sin_gradient.py"), b"second\n")
    pupils, _ = taken_in(course, lay(tmp_path, {"ada.zip": memory.getvalue(), "bob/ex13.py": WORK}))
    assert sources(pupils["ada"]) == {EX13: b"second\n"}
    assert any("of 2 files" in note for note in pupils["ada"].notes)


@pytest.mark.parametrize(
    "name",
    [
        "Mallory M_12_assignsubmission_file_Ada L_34_assignsubmission_file_ex13_sin_gradient.py",
        "Mallory M_12_assignsubmission_file_ada_34_56_ex13_sin_gradient.py",
        "Mallory M_12_34_ada_56_78_ex13_sin_gradient.py",
    ],
)
def test_a_files_own_name_cannot_name_another_student(course: Course, tmp_path: Path, name: str) -> None:
    lay(tmp_path, {name: WORK, name.replace("Mallory M_12", "Ada L_34"): WORK})
    pupils, _ = taken_in(course, tmp_path)
    assert set(pupils) == {"Mallory M", "Ada L"}


def test_thousands_of_copies_in_an_archive_are_not_all_unpacked(course: Course, tmp_path: Path) -> None:
    copies = packed({f"ex13_sin_gradient ({number}).py": b"#" * 100_000 for number in range(59)})
    with zipfile.ZipFile(io.BytesIO(copies)) as archive:
        names, content = archive.namelist(), archive.read(archive.namelist()[0])
    lay(tmp_path, {"ada.zip": copies, "bob/ex13.py": WORK})
    asked: list[object] = []
    real = archives._told
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archives, "_told", lambda whom, question: asked.append(question) or real(whom, question))
        pupils, _ = taken_in(course, tmp_path)
    assert sources(pupils["ada"]) == {EX13: content}
    assert len(names) == 59
    assert len(asked) < 15


def test_zip_slip_touches_nothing_and_is_named(course: Course, tmp_path: Path) -> None:
    slips = {"../../ex13.py": WORK, "/etc/ex13.py": WORK, "C:\\ex13.py": WORK, "a/../../ex13.py": WORK}
    lay(tmp_path, {"ada.zip": packed({**slips, "ex14_dense.py": WORK}), "bob/ex13.py": WORK})
    before = sorted(tmp_path.rglob("*"))
    pupils, _ = taken_in(course, tmp_path)
    assert sources(pupils["ada"]) == {EX14: WORK}
    assert "holds 4 files, such as ../../ex13.py, of which each points outside" in names_in(pupils["ada"])
    assert sorted(tmp_path.rglob("*")) == before


def test_a_zip_of_the_class_cannot_name_a_student_outside(course: Course, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(packed({"../eve/ex13.py": WORK, "ada/ex13.py": WORK}))
    pupils, unread = taken_in(course, tmp_path / "all.zip")
    assert list(pupils) == ["ada"]
    assert any("points outside" in sentence for sentence in unread)


def lied_about(size: int) -> bytes:
    """An archive whose member claims another size than it unpacks to."""
    data = packed({"ex13.py": b"x" * 5000})
    directory = data.rfind(b"PK\x01\x02")
    return data[: directory + 24] + struct.pack("<L", size) + data[directory + 28 :]


def locked() -> bytes:
    """An archive whose member says that it is encrypted."""
    data = bytearray(packed({"ex13.py": WORK}))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


BOMBS = {
    "a gigabyte of one letter": (packed({"ex13.py": b"\0" * (31 << 20)}), "times its size"),
    "claims four gigabytes": (lied_about(0xFFFFFFFE), "is 4,096 MB, and a solution is a few kilobytes"),
    "claims less than it holds": (lied_about(10), "damaged"),
    "a password": (locked(), "is protected with a password"),
    "no zip": (b"Rar!\x1a\x07" + b"x" * 99, "is not a zip file"),
    "cut off": (packed({"ex13.py": WORK * 99})[:-40], "is not a zip file"),
    "nothing in it": (packed({}), "is an empty zip file"),
    "no bytes": (b"", "is not a zip file"),
    "a zip in a zip": (packed({"more.zip": packed({"ex13.py": WORK})}), "is a zip file inside ada.zip: not opened"),
    "a link": (packed({"ex13.py": b"/etc/passwd"}, external_attr=0o120777 << 16), "is a link"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bad_archive_costs_only_its_owner(course: Course, tmp_path: Path, bomb: str) -> None:
    data, words = BOMBS[bomb]
    lay(tmp_path, {"ada.zip": data, "bob.zip": packed({"ex13.py": WORK})})
    pupils, unread = taken_in(course, tmp_path)
    assert sources(pupils["ada"]) == {}
    assert words in names_in(pupils["ada"])
    assert sources(pupils["bob"]) == {EX13: WORK}
    assert unread == []


def test_an_archive_of_far_too_many_members_is_not_listed(course: Course, tmp_path: Path) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for number in range(DIRECTORY_CAP // 60):
            archive.writestr(f"{number:020}", b"")
    lay(tmp_path, {"ada.zip": memory.getvalue()})
    pupils, _ = taken_in(course, tmp_path)
    assert "far too many files" in names_in(pupils["ada"])


def test_a_large_file_is_named_and_not_kept(course: Course, tmp_path: Path) -> None:
    lay(tmp_path, {"ada/ex13.py": b"", "bob/ex13.py": b"#" * (2 << 20)})
    with (tmp_path / "ada/ex13.py").open("wb") as file:
        file.truncate(40 << 20)
    pupils, _ = taken_in(course, tmp_path)
    assert "is 40 MB, and a solution is a few kilobytes" in names_in(pupils["ada"])
    assert "2.0 MB" in str(pupils["bob"].works[EX13].problem)


# --- nothing at all -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing", None, "does not exist"),
        ("notes.txt", b"x", "is neither a folder nor a .zip file"),
        ("bad.zip", b"x", "is not a zip file that can be read"),
    ],
)
def test_what_holds_no_class_is_one_sentence(
    course: Course, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=words), opened(tmp_path / name):
        pass


def test_the_students_files_themselves_are_not_taken_for_students(course: Course, tmp_path: Path) -> None:
    lay(tmp_path, {"ex13_sin_gradient.py": WORK, "ex14_dense.py": WORK})
    pupils, unread = taken_in(course, tmp_path)
    assert pupils == {}
    assert len(unread) == 2
