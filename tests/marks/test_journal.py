"""What persons said is kept beside the verdicts: at once, for good, and whoever else speaks at the same time."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import EX13, EX14, NAMES, class_of, grade, verdict, word
from msgspec.structs import replace

from grader.classroom import database
from grader.classroom.store import GradeStore
from grader.errors import UsageError
from grader.marks import groups, journal, speech, words_csv
from grader.marks.case import case_of, everybody, exercise_id
from grader.marks.journal import Clash, Journal
from grader.marks.words import TEXT_CAP, Word, comment_of, points_of, standing

SAYING = """
import sys, time
from pathlib import Path
from grader.marks import journal
from grader.marks.words import Word
with journal.opened(Path(sys.argv[1])) as book:
    number = 0
    while True:
        number += 1
        said = book.say([Word(id=journal.new_id(), batch="b", at=journal.now(), who="w", kind="comment",
                              student="ada", text=f"{sys.argv[2]} {number}")])
        print(said[0].number, flush=True)
        time.sleep(0.02)  # as people do: SQLite lets nobody queue
"""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    return class_of(tmp_path / "results", "ada", "bob")


@pytest.fixture
def store(results: Path) -> Iterator[GradeStore]:
    with closing(GradeStore(results, write=False)) as opened:
        yield opened


@pytest.fixture
def book(results: Path) -> Iterator[Journal]:
    with closing(Journal(results)) as opened:
        yield opened


def said(book: Journal, store: GradeStore, student: str = "ada", points: str = "+1", check: str = "") -> Word:
    return book.say(speech.adjustments([case_of(store, book, student)], EX13.id, check, points, "kind", "Lee"))[0]


def test_a_word_is_kept_with_who_when_and_the_verdict_beneath(store: GradeStore, book: Journal) -> None:
    kept = said(book, store, check="c1")
    (found,) = book.words("ada")
    assert found == kept
    assert (found.number, found.who, found.points, found.text) == (1, "Lee", "1", "kind")
    assert found.at.endswith("+00:00")
    assert found.beneath is not None
    assert (found.beneath.attempt, found.beneath.earned, found.beneath.status) == (1, 2.0, "failed")
    assert book.words("bob") == []


@pytest.mark.parametrize("table", ["word", "policy", "past_verdict", "moment", "saved_comment"])
def test_nothing_that_was_said_can_be_changed(store: GradeStore, book: Journal, results: Path, table: str) -> None:
    said(book, store)
    book.take_policy("", "policy.toml")
    book.save_comment("a", "b", "Lee")
    store.forget(store.handed_in())
    with closing(sqlite3.connect(results / database.FILE)) as other:
        assert other.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0
        for act in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = rowid + 100"):
            with pytest.raises(sqlite3.IntegrityError, match="are kept as they are"):
                other.execute(act)


def test_words_are_withdrawn_once_and_by_another_word(store: GradeStore, book: Journal) -> None:
    first = said(book, store)
    book.say(speech.withdrawals([first], "by mistake", "Kim"))
    assert standing(book.words("ada")) == []
    assert len(book.words("ada")) == 2
    with pytest.raises(UsageError, match="taken back before"):
        book.say(speech.withdrawals([first], "", "Kim"))
    with pytest.raises(UsageError, match="no such word"):
        book.say([word("withdrawal", withdraws="nothing")])
    assert len(book.words("ada")) == 2


def test_a_regrade_keeps_words_and_says_where_the_verdict_has_changed(results: Path) -> None:
    with closing(GradeStore(results)) as store, closing(Journal(results)) as book:
        said(book, store, check="c1")
        assert case_of(store, book, "ada").changed(EX13.id) == ""
        store.forget(store.handed_in())
        grade(store, "ada", EX13.id, verdict(EX13, 0, 2))  # another check than the one that was spoken of
        assert case_of(store, book, "ada").changed(EX13.id) == ""
        grade(store, "ada", EX13.id, verdict(EX13, 5, 5))
        changed = case_of(store, book, "ada").changed(EX13.id)
        assert changed == (
            "When Lee spoke of check c1 of ex13, the verdict was failed with 2 points; now it is passed with 5 points."
        )
        assert [report.earned for _, _, report in store.past_verdicts("ada") if report.exercise == EX13.id] == [
            7,
            2,
            10,
        ]
        said(book, store, check="c1")  # whoever speaks of it again has seen it
        assert case_of(store, book, "ada").changed(EX13.id) == ""
        store.forget_everything()
        assert len(book.words("ada")) == 2
        assert [handed.exercise for handed, _, _ in store.past_verdicts("ada")].count(EX13.id) == 3


def test_whoever_has_not_seen_anothers_word_is_told_and_nothing_is_written(
    store: GradeStore, book: Journal, results: Path
) -> None:
    with closing(Journal(results)) as other:
        mine = speech.comments([case_of(store, book, "ada")], EX13.id, "", "mine", "Lee")
        elsewhere = speech.comments([case_of(store, book, "bob")], EX13.id, "", "of another", "Kim")
        other.say(elsewhere, seen=0)
        assert book.version
        other.say(speech.comments([case_of(store, book, "ada")], EX13.id, "", "theirs", "Kim"), seen=0)
        with pytest.raises(Clash, match="Meanwhile Kim has said something about the same work") as caught:
            book.say(mine, seen=0)
        assert [found.text for found in caught.value.words] == ["theirs"]
        assert len(book.words()) == 2
        book.say(mine, seen=2)
        assert [found.text for found in book.words("ada")] == ["theirs", "mine"]


def test_what_was_confirmed_survives_a_kill_while_others_write(results: Path) -> None:
    confirmed: dict[str, list[int]] = {}
    processes = {
        name: subprocess.Popen([sys.executable, "-c", SAYING, str(results), name], stdout=subprocess.PIPE, text=True)
        for name in ("one", "two")
    }
    try:
        for name, process in processes.items():
            assert process.stdout is not None
            confirmed[name] = [int(process.stdout.readline()) for _ in range(20)]
    finally:
        for process in processes.values():
            os.kill(process.pid, signal.SIGKILL)
    for name, process in processes.items():
        assert process.stdout is not None
        confirmed[name] += [int(line) for line in process.stdout if line.endswith("\n")]
        process.wait()
        process.stdout.close()
    with closing(Journal(results)) as book:
        kept = {found.number: found.text.split()[0] for found in book.words("ada")}
    for name, numbers in confirmed.items():
        assert {kept[number] for number in numbers} == {name}
        assert len(numbers) >= 20


def test_a_database_of_before_is_read_and_goes_on(tmp_path: Path, results: Path) -> None:
    with closing(sqlite3.connect(results / database.FILE)) as old:
        for table in ("word", "policy", "past_verdict", "moment", "saved_comment"):
            old.execute(f"DROP TABLE {table}")
        old.commit()
    with closing(GradeStore(results, write=False)) as store, closing(Journal(results)) as book:
        assert case_of(store, book, "ada").reports[EX13.id].earned == 7
        said(book, store)
        assert len(book.words()) == 1


def test_policies_are_kept_and_the_newest_counts(book: Journal) -> None:
    assert [book.take_policy(text, "policy.toml") for text in ("a = 1", "a = 1", "b = 2")] == [True, False, True]
    assert [told.text for told in book.policies()] == ["a = 1", "b = 2"]


def test_saved_comments_by_name_the_newest_counts(book: Journal) -> None:
    for text in ("Detach it.", "Detach it first."):
        book.save_comment("  detach ", text, "Lee")
    assert [(kept.name, kept.text) for kept in book.saved_comments()] == [("detach", "Detach it first.")]
    for name, text in (("", "x"), ("x" * 81, "x"), ("x", " ")):
        with pytest.raises(UsageError):
            book.save_comment(name, text, "Lee")


def test_a_group_of_equal_mistakes_is_found_and_spoken_of_at_once(store: GradeStore, book: Journal) -> None:
    cases = everybody(store, book)
    found = groups.groups_of({name: case.reports for name, case in cases.items()})
    (group,) = found
    assert (group.exercise, group.check, group.students, group.named) == (EX13.id, "c1", ("ada", "bob"), False)
    assert groups.group_named(found, group.id) is group
    with pytest.raises(UsageError, match="no group"):
        groups.group_named(found, "m0")
    words = book.say(
        speech.adjustments([cases[name] for name in group.students], group.exercise, group.check, "1", "", "x")
    )
    assert [(found.student, found.check) for found in words] == [("ada", "c1"), ("bob", "c1")]
    assert len({found.batch for found in words}) == 1


@pytest.mark.parametrize(
    ("points", "kept"), [("+1", "1"), ("-0.5", "-0.5"), ("1,50", "1.5"), ("−2", "-2"), ("100", "100"), ("1e1", "10")]
)
def test_points_as_people_write_them(points: str, kept: str) -> None:
    assert points_of(points) == kept


@pytest.mark.parametrize("points", ["", "x", "0", "-0", "nan", "inf", "1e9", "0.00001", "1/2", "=1"])
def test_what_is_no_number_of_points_is_refused(points: str) -> None:
    with pytest.raises(UsageError, match="points"):
        points_of(points)


def test_a_comment_is_neither_empty_nor_endless() -> None:
    assert comment_of(" a \n b  \n") == "a\n b"
    for text in ("", " \n", "x" * (TEXT_CAP + 1)):
        with pytest.raises(UsageError):
            comment_of(text)


def test_a_check_must_be_there(store: GradeStore, book: Journal) -> None:
    with pytest.raises(UsageError, match=r"no check 'c9'\. They are called c0, c1"):
        said(book, store, check="c9")
    with pytest.raises(UsageError, match="no student 'eve'"):
        said(book, store, student="eve")
    with pytest.raises(UsageError, match="not graded on 'ex99'"):
        exercise_id(store, "ex99")
    assert exercise_id(store, "13") == EX13.id


# --- adjustments.csv --------------------------------------------------------------------------------------------------

texts = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), st.sampled_from("=+-@'\",;\n|%")),
    min_size=1, max_size=40,
).map(lambda text: "\n".join(line.rstrip() for line in text.strip().splitlines())).filter(bool)  # fmt: skip
rows = st.builds(
    lambda kind, text, points, exercise, who: word(
        kind, points, text=text, exercise=exercise, who=" ".join(who.split()) or "Lee",
        withdraws="w" if kind == "withdrawal" else "", student="=ada",
    ),
    st.sampled_from(["points", "comment", "note", "withdrawal"]), texts, st.sampled_from(["-0.5", "3"]),
    st.sampled_from(["", EX13.id, EX14.id]), texts,
)  # fmt: skip


def read(text: str, kept: list[Word] | None = None) -> list[Word]:
    return words_csv.read(text, kept or [], "Lee", lambda called: NAMES[called], {"=ada": 0, "ada": 0})


@given(st.lists(rows, max_size=4))
def test_what_is_written_is_read_again_and_no_cell_is_a_formula(words: list[Word]) -> None:
    text = words_csv.written(words)
    plain = [replace(found, number=0) for found in words]
    assert read(text) == plain
    assert read(text, words) == []
    assert '"=' not in text
    assert '"@' not in text


def test_a_table_by_hand_needs_a_student_and_what_is_said() -> None:
    found = read("student,exercise,points,text\nada,ex13,+1,for asking\nada,,,Well done\n")
    assert [(each.kind, each.exercise, each.points, each.text, each.who) for each in found] == [
        ("points", EX13.id, "1", "for asking", "Lee"),
        ("comment", "", "", "Well done", "Lee"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name\nada\n", "no column 'student'"),
        ("student,colour\nada,red\n", "a column 'colour'"),
        ("student,points\nada,x\n", "line 2: 'x' is no number of points"),
        ("student,points\nada\n", "line 2 has other cells"),
        ("student,points\nada,1,2\n", "line 2 has other cells"),
        ("student,points\neve,1\n", "no student 'eve'"),
        ("student,text\nada,\n", "line 2: The comment is empty"),
        ("student,kind,text\nada,shout,x\n", "'shout' is no kind of word"),
        ("student,at,text\nada,today,x\n", "'today' is no time"),
        ('student,text\nada,"x\n', "is not CSV"),
    ],
)
def test_a_mistake_in_the_table_is_one_sentence_that_names_its_line(text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(text)
    assert sentence in str(caught.value)
    assert len(str(caught.value)) <= 200


def test_a_row_that_says_otherwise_than_what_is_kept_changes_nothing() -> None:
    kept = word(points="1", student="ada")
    with pytest.raises(UsageError, match="says otherwise than the word that is kept"):
        read(words_csv.written([replace(kept, points="100")]), [kept])


def test_whose_word_it_is() -> None:
    assert journal.person(" Lee  Kim ") == "Lee Kim"
    for name in ("", "x" * 81):
        with pytest.raises(UsageError, match="--as NAME"):
            journal.person(name)
