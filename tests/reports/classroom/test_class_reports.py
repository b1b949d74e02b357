"""A class's reports as they are read: golden files, other programs' formats, and names that would do harm.

Golden files are written anew as tests/reports/test_reports.py says.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from class_records import EX13, EX14, HOSTILE, MARKDOWN, RECORD, SCRIPT, other
from fixed_reports import EVERY_STATUS, FULL, NOTEBOOK, PASSED, UNREADABLE, golden, report_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from marked import ledger_of_words, word
from places import ROOT

from grader.classroom.alike import Alike
from grader.classroom.moments import Moment
from grader.classroom.pseudonyms import pseudonyms
from grader.classroom.record import ClassRecord, Identity, StudentRecord
from grader.classroom.statistics import UNEXPLAINED, lost_checks, mistakes_of, summaries
from grader.errors import UsageError
from grader.marks.case import with_lateness
from grader.reports import gradescope, junit, markdown
from grader.reports.classroom import gradebook, mail, platforms
from grader.reports.classroom.file_names import stems
from grader.reports.classroom.files import INDEX, KEY, Wishes, write_all
from grader.reports.conceal import conceal_class
from grader.reports.gradebooks import Gradebook
from grader.reports.reveal import Reveal
from grader.results import CheckResult, Status

SHOWN = conceal_class(RECORD, Reveal.TITLES)
XSD = ROOT / "tests" / "data" / "junit.xsd"
ANY_TEXT = st.text(max_size=60) | st.sampled_from([HOSTILE, SCRIPT, MARKDOWN, "\udcff", "=1", "", " "])


def record_with(text: str) -> ClassRecord:
    """A class of one student, with this text wherever a student's text can be."""
    check = CheckResult(
        id="a", title="t", points=1, earned=0, status=Status.ERROR, message=text, mistake=text,
        evidence={"line": text, "error": text},
    )  # fmt: skip
    student = StudentRecord(
        name=text, reports={EX13.id: report_of(check, output=text, name=text)}, notes=(text,), flags={EX13.id: (text,)}
    )
    return ClassRecord(title="t", exercises=(EX13,), students=(student,), created="2026", unread=(text,))


# --- the gradebook ----------------------------------------------------------------------------------------------------


def rows_of(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_the_gradebook() -> None:
    golden("class_gradebook.csv", gradebook.render(RECORD).replace("\r\n", "\n"))


def test_the_gradebook_has_a_row_a_student_and_a_column_an_exercise() -> None:
    head, *rows = rows_of(gradebook.render(RECORD))
    assert head == ["student", "id", "sid", "email", EX13.id, EX14.id, "total", "out of", "late", "flags"]
    assert rows[0] == ["Ada Lovelace", "", "", "", "3", "3", "6", "13", "", ""]
    assert rows[2] == ["nobody", "", "", "", "", "", "0", "15", "", ""], "blank is what was not handed in"


def test_a_fault_of_ours_is_never_a_number() -> None:
    row = rows_of(gradebook.render(RECORD))[4]
    assert row[:1] + row[4:7] == ["our fault", "", "", ""]
    assert "our" in row[9]


FORMULAS = ("=", "+", "-", "@", "|", "%", "＝", "＠", "｜", "％", "\t", "\r")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|", "%", "\t=", "\r=", " =", "\n=", "＝", "＠", "％"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    record = record_with(text)
    identity = Identity(name=text, id=text, sid=text, login=text, email=text, section=text)
    student = msgspec.structs.replace(record.students[0], identity=identity)
    exercise = msgspec.structs.replace(EX13, title=text)
    record = msgspec.structs.replace(record, students=(student,), exercises=(exercise,))
    books = [gradebook.render(record), mail.render(record, [(student, text)])]
    books += [platforms.render(record, platform) for platform in Gradebook if platform is not Gradebook.CSV]
    for book in books:
        for cell in (cell for row in csv.reader(io.StringIO(book.removeprefix("\ufeff"))) for cell in row):
            assert cell == "-" or not cell.lstrip().startswith(FORMULAS), book


def test_a_semicolon_starts_no_cell_where_spreadsheets_separate_by_it() -> None:
    line = gradebook.render(record_with("a;=1+1")).splitlines()[1]
    assert line.startswith('"a;=1+1"')


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT)
def test_any_name_gives_a_gradebook_of_two_rows_that_a_file_can_hold(text: str) -> None:
    found = gradebook.render(record_with(text))
    assert found.encode()
    assert [len(row) for row in rows_of(found)] == [9, 9]


ENROLLED = ClassRecord(
    title="t", created="2026", exercises=(EX13, EX14),
    students=(
        StudentRecord(
            name="lovelaceada", late=(EX13.id,),
            reports={EX13.id: report_of(*EVERY_STATUS[:2]), EX14.id: other(PASSED)},
            identity=Identity(
                name="Lovelace, Ada", id="77123", sid="S1", login="ada01", email="ada@example.org", section="A"
            ),
        ),
        StudentRecord(name="bob", reports={EX13.id: FULL}, identity=Identity(name="Bob Ross", id="99")),
        StudentRecord(name="cleo", identity=Identity(email="cleo@example.org")),
    ),
)  # fmt: skip


@pytest.mark.parametrize("platform", [Gradebook.CANVAS, Gradebook.MOODLE, Gradebook.GRADESCOPE])
def test_a_platforms_gradebook(platform: Gradebook) -> None:
    """The golden files have the columns that each platform documents; see `platforms`."""
    golden(f"gradebook_{platform}.csv", platforms.render(ENROLLED, platform).replace("\r\n", "\n"))


def test_canvas_finds_its_students_by_number_and_its_points() -> None:
    head, points, ada, bob, cleo = csv.reader(io.StringIO(platforms.render(ENROLLED, Gradebook.CANVAS)))
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert points[0] == "    Points Possible"
    assert points[5:] == ["12", "3"]
    assert ada == ["Lovelace, Ada", "77123", "S1", "ada01", "A", "3", "3"]
    assert bob[5:] == ["", ""], "ours to grade again, and not handed in: Canvas leaves blank cells as they are"
    assert cleo[0] == "cleo"


def read_as_moodle_does(text: str) -> dict[str, str]:
    """Participant → grade, by the steps of Moodle's importgradeslib.php."""
    rows = list(csv.reader(io.StringIO(text)))
    at = {name: rows[0].index(name) for name in ("Identifier", "Grade", "Last modified (grade)")}
    found = {}
    for row in rows[1:]:
        number = row[at["Identifier"]][len("Participant ") :]
        if number.isdigit():
            found[number] = row[at["Grade"]]
    return found


def test_moodles_importer_reads_its_worksheet() -> None:
    assert read_as_moodle_does(platforms.render(ENROLLED, Gradebook.MOODLE)) == {"77123": "6", "99": ""}


LEDGER = ledger_of_words(
    """
    scale = [{at_least = 5, grade = "passed"}, {at_least = 0, grade = "failed"}]
    [exercises.ex13]
    deadline = 2026-11-19
    weight = 30
    [late]
    cost = 10
    [mark]
    out_of = 10
    step = 0.5
    """,
    ENROLLED,
    moments={("lovelaceada", EX13.id): Moment(at="2026-11-20T10:00:00+00:00", source="a platform")},
    words=[
        word(student="lovelaceada", exercise=EX13.id, points="2.5"),
        word(student="lovelaceada", exercise=EX14.id, points="-3"),
        word(student="cleo", exercise=EX14.id, points="1"),
        word(student="bob", kind="comment", text="Ours."),
    ],
)


def test_where_there_is_a_policy_canvas_gets_what_it_makes_of_each_exercise_and_the_mark() -> None:
    """Of ex13 5.5 points could be asked: 3, 2.5 by hand, less a tenth for a day; its column has 12 points."""
    head, points, ada, bob, cleo = csv.reader(io.StringIO(platforms.render(ENROLLED, Gradebook.CANVAS, LEDGER)))
    assert head[5:] == ["ex13 Gradient of sin(x²y)", "ex14 A Dense layer, twice", "Mark"]
    assert points[5:] == ["12", "3", "10"]
    assert ada[5:] == ["10.8", "0", "8"]
    assert bob[5:] == ["", "", ""], "ours to grade again"
    assert cleo[5:] == ["", "1", "0.5"], "somebody has spoken of work that was not handed in"


def test_moodle_and_gradescope_get_the_mark_and_what_it_is_out_of() -> None:
    assert read_as_moodle_does(platforms.render(ENROLLED, Gradebook.MOODLE, LEDGER)) == {"77123": "8", "99": ""}
    moodle = list(csv.DictReader(io.StringIO(platforms.render(ENROLLED, Gradebook.MOODLE, LEDGER))))
    scope = list(csv.DictReader(io.StringIO(platforms.render(ENROLLED, Gradebook.GRADESCOPE, LEDGER))))
    assert [row["Maximum Grade"] for row in moodle] == ["10", "10", "10"]
    assert [row["Max Points"] for row in scope] == ["10", "10", "10"]
    assert [(row["Total Score"], row["Status"]) for row in scope] == [
        ("8", "Graded"), ("", "Ungraded"), ("0.5", "Graded"),
    ]  # fmt: skip
    mails = rows_of(mail.render(ENROLLED, [(student, "") for student in ENROLLED.students], LEDGER))
    assert [row[2:4] for row in mails[1:]] == [["8", "10"], ["", "10"], ["0.5", "10"]]


def test_what_came_after_the_policys_deadline_is_late_wherever_lateness_is_told(tmp_path: Path) -> None:
    in_time = msgspec.structs.replace(
        ENROLLED, students=tuple(msgspec.structs.replace(s, late=()) for s in ENROLLED.students), made_of="x"
    )
    late = with_lateness(in_time, LEDGER.policy, LEDGER.cases)
    assert {student.name: student.late for student in late.students} == {
        "lovelaceada": (EX13.id,), "bob": (), "cleo": (),
    }  # fmt: skip
    assert late.made_of not in ("", "x")
    assert with_lateness(late, LEDGER.policy, LEDGER.cases) is late
    write_all(in_time, tmp_path, Wishes(), LEDGER)
    assert "ex13: 1 student handed in late." in (tmp_path / "class.html").read_text(encoding="utf-8")
    assert "handed in late" in (tmp_path / "feedback" / "lovelaceada.html").read_text(encoding="utf-8")
    assert rows_of((tmp_path / "gradebook.csv").read_text(encoding="utf-8"))[1][-2] == "ex13"


def test_a_comment_alone_changes_no_platforms_gradebook() -> None:
    commented = ledger_of_words("", ENROLLED, words=[word(student="lovelaceada", kind="comment", text="Good.")])
    assert commented.spoken
    before = list(csv.reader(io.StringIO(platforms.render(ENROLLED, Gradebook.CANVAS))))
    after = list(csv.reader(io.StringIO(platforms.render(ENROLLED, Gradebook.CANVAS, commented))))
    assert [row[:5] for row in after] == [row[:5] for row in before]
    assert [len(row) for row in after] == [len(row) for row in before]
    moodle = read_as_moodle_does(platforms.render(ENROLLED, Gradebook.MOODLE, commented))
    assert moodle == read_as_moodle_does(platforms.render(ENROLLED, Gradebook.MOODLE))


def test_our_own_gradebook_keeps_what_is_known_of_a_student() -> None:
    head, ada, *_ = rows_of(gradebook.render(ENROLLED))
    row = dict(zip(head, ada, strict=True))
    assert (row["id"], row["sid"], row["email"], row["late"]) == ("77123", "S1", "ada@example.org", "ex13")


def test_a_mail_to_each_student_has_their_page(tmp_path: Path) -> None:
    write_all(ENROLLED, tmp_path, Wishes())
    head, ada, bob, cleo = rows_of((tmp_path / "mail-merge.csv").read_text(encoding="utf-8"))
    assert head == ["Email", "Name", "Points", "Out of", "Page"]
    assert ada == ["ada@example.org", "Lovelace, Ada", "6", "8.5", "feedback/lovelaceada.html"]
    assert bob[2] == "", "open"
    assert (tmp_path / cleo[4]).is_file()


def test_under_pseudonyms_nobody_is_named_but_in_the_key_and_where_a_platform_must_know(tmp_path: Path) -> None:
    group = Alike(exercise=EX13.id, students=("bob", "lovelaceada"), same=True)
    reports = {EX13.id: report_of(EVERY_STATUS[1], name="lovelaceada_ex13.py")}
    ada = msgspec.structs.replace(
        ENROLLED.students[0], reports=reports, notes=("ada handed in two files.",),
        flags={EX13.id: ("the same program as bob", "crashed the worker")},
    )  # fmt: skip
    record = msgspec.structs.replace(
        ENROLLED, students=(ada, *ENROLLED.students[1:]), alike=(group,), unread=("ada.rar is odd.",)
    )
    wishes = Wishes(Reveal.ALL, (Gradebook.CANVAS,), anonymous=True)
    write_all(record, tmp_path, wishes)
    key = {row[1]: row[0] for row in rows_of((tmp_path / KEY).read_text(encoding="utf-8"))[1:]}
    assert set(key) == {"lovelaceada", "bob", "cleo"}
    assert (tmp_path / KEY).stat().st_mode & 0o077 == 0
    for path, text in text_files(tmp_path):
        named = path.name in (KEY, "mail-merge.csv", "gradebook-canvas.csv")
        told = [word for word in ("lovelace", "ada@", "77123", "bob", "cleo") if word in text.casefold()]
        assert bool(told) is named, (path, told)
    assert key["bob"] in (tmp_path / "class.html").read_text(encoding="utf-8")
    assert "crashed the worker" in (tmp_path / "gradebook.csv").read_text(encoding="utf-8")
    before = (tmp_path / KEY).read_bytes()
    write_all(record, tmp_path, wishes)
    assert (tmp_path / KEY).read_bytes() == before, "a pseudonym stays a student's"
    page = rows_of((tmp_path / "mail-merge.csv").read_text(encoding="utf-8"))[1][4]
    assert page == f"feedback/{key['lovelaceada']}.html"


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_TEXT, unique=True, max_size=6))
def test_pseudonyms_are_apart_and_stay(names: list[str]) -> None:
    first = pseudonyms(names[:3], {})
    again = pseudonyms(names, first)
    assert len(set(again.values())) == len(names)
    assert {name: again[name] for name in names[:3]} == first


# --- JUnit XML --------------------------------------------------------------------------------------------------------


def valid(text: str) -> ElementTree.Element:
    schema = etree.XMLSchema(etree.parse(str(XSD)))
    schema.assertValid(etree.fromstring(text.encode()))
    return ElementTree.fromstring(text)


def test_junit_of_a_run() -> None:
    golden("junit.xml", junit.render([FULL, PASSED, UNREADABLE, NOTEBOOK]))


def test_junit_of_a_class() -> None:
    golden("class_junit.xml", junit.render_class(SHOWN))


def test_junit_fits_the_common_schema_and_its_counts_are_right() -> None:
    root = valid(junit.render([FULL, PASSED, UNREADABLE, NOTEBOOK]))
    valid(junit.render_class(RECORD))
    valid(junit.render([]))
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(attribute, "")) == len(suite.findall(f"testcase/{element}"))
    for total in ("tests", "failures", "errors"):
        assert int(root.get(total, "")) == sum(int(suite.get(total, "")) for suite in root)


def test_only_a_passed_check_passes_in_junit() -> None:
    cases = valid(junit.render([report_of(*EVERY_STATUS)])).findall(".//testcase")
    clean = [case for case, check in zip(cases, EVERY_STATUS, strict=True) if not len(case)]
    assert len(clean) == 1 == sum(check.status is Status.PASSED for check in EVERY_STATUS)


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT)
def test_any_text_of_a_student_is_valid_junit(text: str) -> None:
    valid(junit.render_class(record_with(text)))


# --- Markdown ---------------------------------------------------------------------------------------------------------


class Elements(HTMLParser):
    """The elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read_markdown(text: str) -> Elements:
    """As GitHub reads it: raw HTML, tables, and links made of whatever looks like one."""
    reader = MarkdownIt("commonmark", {"html": True, "linkify": True}).enable(["table", "linkify", "strikethrough"])
    found = Elements()
    found.feed(reader.render(text))
    return found


def test_markdown_of_a_run() -> None:
    golden("run.md", markdown.render([FULL, PASSED, UNREADABLE, NOTEBOOK]))


def test_markdown_of_a_class() -> None:
    golden("class_summary.md", markdown.render_class(SHOWN))


OURS = {"h1", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "ul", "li", "strong"}


def test_that_reader_would_see_links_html_and_tables() -> None:
    assert {"a", "b", "h1"} <= set(read_markdown(MARKDOWN).tags)
    assert "script" in read_markdown(SCRIPT).tags


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT | st.text("`|\\<>[]()\n *_#~", max_size=20))
def test_no_text_of_a_student_becomes_markup(text: str) -> None:
    """A page has the elements that it has with a harmless text, and no others."""

    def shape(inside: str) -> list[str]:
        record = record_with(inside)
        return read_markdown(
            markdown.render_class(record) + markdown.render(list(record.students[0].reports.values()))
        ).tags

    found = shape(text)
    assert set(found) <= OURS
    if text.strip():
        assert found == shape("harmless")


def test_a_students_text_can_be_read_in_the_markdown() -> None:
    assert "<script>document.title='owned'</script>" in read_markdown(markdown.render_class(record_with(SCRIPT))).text


def test_the_summary_of_a_large_class_stays_below_what_github_takes() -> None:
    (one,) = record_with("n" * 100).students
    record = ClassRecord(title="t", exercises=(EX13,), students=(one,) * 5_000, created="2026")
    text = markdown.render_class(record)
    assert len(text.encode()) < 1 << 20
    assert "And 3000 more students" in text


# --- Gradescope -------------------------------------------------------------------------------------------------------

FIELDS = {"output", "output_format", "test_output_format", "test_name_format", "visibility", "stdout_visibility"}
TEST_FIELDS = {"name", "number", "output", "visibility", "score", "max_score", "status"}


def test_gradescopes_results() -> None:
    golden("gradescope.json", gradescope.render([FULL, UNREADABLE, NOTEBOOK], Reveal.TITLES, [EX14]))


@pytest.mark.parametrize("reveal", Reveal)
def test_results_have_the_documented_fields_only(reveal: Reveal) -> None:
    found = json.loads(gradescope.render([FULL], reveal))
    assert set(found) == FIELDS | {"tests", "extra_data"}
    for test in found["tests"]:
        assert set(test) <= TEST_FIELDS
        assert test["visibility"] in ("visible", "hidden", "after_published")


@pytest.mark.parametrize(
    ("reveal", "visibility", "told"),
    [
        (Reveal.NONE, "hidden", True),
        (Reveal.TITLES, "after_published", False),
        (Reveal.ALL, "after_published", True),
    ],
)
def test_hidden_checks_are_seen_by_staff_only_or_after_the_grades_are_published(
    reveal: Reveal, visibility: str, told: bool
) -> None:
    report = report_of(*EVERY_STATUS[:2], output="many_points was asked (1.5, -0.4)")
    found = json.loads(gradescope.render([report], reveal))
    assert [test["visibility"] for test in found["tests"]] == ["visible", visibility]
    assert ("swapped" in found["tests"][1]["output"]) is told
    assert "-0.4" not in found["output"], "what is seen at once shows nothing of hidden inputs"


def test_scores_add_up_and_a_fault_of_ours_has_none() -> None:
    found = json.loads(gradescope.render([FULL], Reveal.TITLES))
    scored = [test for test in found["tests"] if "score" in test]
    assert sum(test["score"] for test in scored) == FULL.earned
    assert len(found["tests"]) - len(scored) == 2, "ours, and what cannot be asked here"
    assert found["extra_data"]["our_fault"] is True


def test_work_that_is_missing_is_said_and_earns_nothing() -> None:
    (test,) = json.loads(gradescope.render([], Reveal.TITLES, [EX14]))["tests"]
    assert (test["score"], test["max_score"]) == (0.0, 3)
    assert "Not handed in" in test["output"]


# --- what the class is about ------------------------------------------------------------------------------------------


def test_an_exercise_in_numbers() -> None:
    ex13, ex14 = summaries(RECORD)
    assert (ex13.handed_in, ex13.all_passed, ex13.not_loaded) == (4, 0, 1)
    assert ex13.earned == (0.0, 0.0, 3.0), "without the one that was not graded whole"
    assert ex13.mean == 1.0
    assert ex13.median == 0.0
    assert ex13.bins == (2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    assert (ex14.handed_in, ex14.all_passed, ex14.bins[-1]) == (2, 2, 2)


def test_mistakes_are_counted_once_a_student_and_work_that_cannot_be_loaded_has_none() -> None:
    found = {mistake.sentence: mistake.count for mistake in mistakes_of(RECORD)}
    assert found["The two partial derivatives are swapped."] == 2
    assert found["The process ended without an answer."] == 2
    assert not [sentence for sentence in found if "never closed" in sentence]
    (hostile,) = [count for sentence, count in found.items() if sentence.startswith("Is this it?")]
    assert hostile == 1, "two checks of one student"


def test_wrong_answers_without_a_known_mistake_are_one_group() -> None:
    checks = [
        CheckResult(id="a", title="t", points=1, earned=0, status=Status.FAILED, message=f"f() returned {value}.")
        for value in range(3)
    ]
    students = tuple(StudentRecord(name=c.message, reports={EX13.id: report_of(c)}) for c in checks)
    record = ClassRecord(title="t", exercises=(EX13,), students=students, created="2026")
    (lost,) = lost_checks(record)
    (mistake,) = lost.mistakes
    assert (mistake.sentence, mistake.count, mistake.example) == (UNEXPLAINED, 3, "f() returned 0.")


def test_checks_that_waited_are_not_counted_as_lost() -> None:
    waits = next(check for check in EVERY_STATUS if check.status is Status.SKIPPED)
    assert waits.title not in {lost.title for lost in lost_checks(RECORD)}
    assert all(0 < lost.lost <= lost.asked for lost in lost_checks(RECORD))


def test_checks_are_in_the_order_of_the_points_that_they_cost_and_say_who_lost_them() -> None:
    found = lost_checks(RECORD)
    assert [check.points for check in found] == sorted((check.points for check in found), reverse=True)
    (swapped,) = [check for check in found if check.id == "many_points" and check.exercise.id == EX13.id]
    told = {mistake.sentence: mistake.students for mistake in swapped.mistakes}
    assert told["The two partial derivatives are swapped."] == ("Ada Lovelace", "our fault")


# --- names of files ---------------------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(max_size=120) | st.sampled_from(["a", "A", "a/", "a\\", "", "..", "con", "é", "e\u0301"]), max_size=8
    )
)
def test_file_names_are_safe_and_never_alike(names: list[str]) -> None:
    found = stems(names)
    assert len({stem.casefold() for stem in found}) == len(names)
    for stem in found:
        assert stem.encode()
        assert len(stem.encode()) < 100
        assert not set(stem) & set('/\\:*?"<>|\0\n\r ')
        assert stem
        assert stem[0] not in ".-"
        assert stem.isprintable()


def test_ordinary_names_can_be_read() -> None:
    assert stems(["Ada Lovelace", "Žofie Nováková", "山田 太郎", "s123456"]) == [
        "Ada_Lovelace", "Žofie_Nováková", "山田_太郎", "s123456",
    ]  # fmt: skip


# --- the folder -------------------------------------------------------------------------------------------------------


def text_files(folder: Path) -> Iterator[tuple[Path, str]]:
    return ((path, path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*")) if path.is_file())


def test_everything_is_written_and_said(tmp_path: Path) -> None:
    written = write_all(RECORD, tmp_path / "results", Wishes(Reveal.TITLES))
    assert {path for path, _ in text_files(tmp_path)} == set(written)
    top = {path.name for path in written if path.parent.name == "results"}
    assert top == {"gradebook.csv", "mail-merge.csv", "class.html", "junit.xml", "summary.md"}
    for folder in ("feedback", "gradescope"):
        rows = rows_of((tmp_path / "results" / folder / INDEX).read_text(encoding="utf-8"))[1:]
        assert len(rows) == len(RECORD.students)
        for stem, _ in rows:
            json.loads((tmp_path / "results" / folder / f"{stem}.json").read_text(encoding="utf-8"))
    assert len(list((tmp_path / "results" / "feedback").glob("*.html"))) == len(RECORD.students)


def test_feedback_speaks_of_its_student_alone(tmp_path: Path) -> None:
    write_all(RECORD, tmp_path, Wishes(Reveal.TITLES))
    for path, text in text_files(tmp_path / "feedback"):
        assert path.name == INDEX or "the same text as" not in text
        assert path.name == INDEX or "the newer counts" not in text
        assert "-0.7459" not in text, "a hidden check's evidence"
    ada = json.loads((tmp_path / "feedback/Ada_Lovelace.json").read_text(encoding="utf-8"))
    assert (ada["student"], ada["earned"], ada["points"], ada["not_handed_in"]) == ("Ada Lovelace", 6, 13, [])
    nobody = json.loads((tmp_path / "feedback/nobody.json").read_text(encoding="utf-8"))
    assert nobody["not_handed_in"] == [EX13.id, EX14.id]


def test_files_of_students_who_left_are_removed_and_nothing_else(tmp_path: Path) -> None:
    write_all(RECORD, tmp_path, Wishes(Reveal.TITLES))
    own = tmp_path / "feedback" / "my own notes.json"
    own.write_text("{}")
    fewer = ClassRecord(title="t", exercises=RECORD.exercises, students=RECORD.students[:2], created="2026")
    written = write_all(fewer, tmp_path, Wishes(Reveal.TITLES))
    assert {path for path, _ in text_files(tmp_path)} == {*written, own}


def test_an_index_that_was_tampered_with_removes_nothing_outside(tmp_path: Path) -> None:
    write_all(RECORD, tmp_path, Wishes(Reveal.TITLES))
    victim = tmp_path / "victim.json"
    victim.write_text("{}")
    (tmp_path / "feedback" / INDEX).write_text('"file","student"\n"../victim","a"\n')
    write_all(RECORD, tmp_path, Wishes(Reveal.TITLES))
    assert victim.exists()


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UsageError, match=r"taken.* cannot be written"):
        write_all(RECORD, tmp_path / "taken", Wishes(Reveal.TITLES))
