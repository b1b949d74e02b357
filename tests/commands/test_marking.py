"""From a policy beside the submissions to marks in the gradebook, with a person's word in between, as it is typed."""

from __future__ import annotations

import csv
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typed import Typed

Run = Callable[..., subprocess.CompletedProcess[str]]
CHECKS = """
from grader import Inputs, Student, check, expect

@check("double() doubles", points=4)
def doubles(student: Student, inputs: Inputs) -> None:
    x = inputs.number(0, 1000)
    expect.close(student.double(x), 2 * x, mistakes={"You tripled.": 3 * x})
"""
HIDDEN = CHECKS.replace("doubles", "secretly").replace("double() secretly", "double() of a secret").replace("=4", "=6")
POLICY = """
timezone = "Europe/Berlin"
deadline = 2026-11-20T23:59:00
late = {cost = 10, grace = "15 minutes", cap = 50}
mark = {out_of = 100, step = 0.5}
scale = [{at_least = 50, grade = "passed"}, {at_least = 0, grade = "failed"}]
extensions = [{student = "cem", by = "3 days"}]
"""
TIMES = "student,exercise,time\nada,ex01,2026-11-20 23:00\nbob,ex01,2026-11-21 08:00\ncem,,2026-11-22 08:00\n"
RIGHT, WRONG = "def double(x): return 2 * x\n", "def double(x): return 3 * x\n"


@pytest.fixture
def run(tmp_path: Path, typed: Typed) -> Run:
    """The command, in this process, in a course of one exercise with a class of four."""
    for side, name, text in (("exercises", "checks", CHECKS), ("solutions", "hidden_checks", HIDDEN)):
        folder = tmp_path / side / "ex01_double"
        folder.mkdir(parents=True)
        (folder / f"{name}.py").write_text(text)
    exercise = tmp_path / "exercises" / "ex01_double"
    (exercise / "exercise.toml").write_text(
        'title = "Double"\npoints = 10\nstub = "ex01_double.py"\nhints = ["Two."]\n'
    )
    (exercise / "ex01_double.py").write_text("def double(x):\n    raise NotImplementedError\n")
    for student, work in {"ada": RIGHT, "bob": RIGHT, "cem": WRONG, "dora": WRONG + "# d\n"}.items():
        (tmp_path / "submissions" / student).mkdir(parents=True)
        (tmp_path / "submissions" / student / "ex01_double.py").write_text(work)
    (tmp_path / "policy.toml").write_text(POLICY)
    (tmp_path / "times.csv").write_text(TIMES)

    def grade(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = typed(*map(str, arguments), cwd=tmp_path, env={"GRADE_SECRET": "s"})
        assert "Traceback" not in done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return grade


def gradebook(folder: Path) -> dict[str, dict[str, str]]:
    text = (folder / "results" / "gradebook.csv").read_text(encoding="utf-8-sig")
    return {row["student"]: row for row in csv.DictReader(text.splitlines())}


def test_a_class_from_policy_to_marks(run: Run, tmp_path: Path) -> None:
    run("class", "submissions", "-o", "results", code=1)
    found = {name: (row["total"], row["mark"], row["grade"]) for name, row in gradebook(tmp_path).items()}
    assert found == {
        "ada": ("10", "100", "passed"),
        "bob": ("10", "90", "passed"),  # nine hours late
        "cem": ("0", "0", "failed"),
        "dora": ("0", "0", "failed"),  # nobody knows when
    }
    explained = run("explain", "results", "bob").stdout
    assert "4/4 double() doubles: passed" in explained
    assert "Handed in 2026-11-21 08:00 CET according to times.csv, line 3, 8 h 1 min late" in explained
    assert re.search(r"^ +-1  .*1 begun day at 10 %, 10 % of the points", explained, re.MULTILINE)
    assert explained.endswith("      90  90 of 100, passed\n")
    assert "not known, so nothing is taken" in run("explain", "results", "dora").stdout

    # a person's word
    words = ("--points", "+2.5", "--why", "shown in class", "--as", "Lee")
    said = run("adjust", "results", "cem", "ex01", *words).stdout
    assert said.startswith("[1] cem: the mark is 25 of 100, failed.\n")
    run("comment", "results", "cem", "1", "--text", "See me.\nBring the code.", "--as", "Lee")
    run("comment", "results", "cem", "ex01", "--text", "was ill", "--private", "--as", "Kim")
    queued = run("queue", "results").stdout
    assert "  dora, ex01: the same program as cem\n" in queued
    assert "  cem, " not in queued  # somebody has seen to it

    # a whole group at once
    cases = re.search(r"(m[0-9a-f]{8})", group_of(run)) or pytest.fail("no group")
    run("adjust", "results", "--mistake", cases[1], "--points", "1", "--why", "unclear text", "--as", "Lee")
    run("class", "--reports-only", "results", code=1)
    rows = gradebook(tmp_path)
    assert {name: row["mark"] for name, row in rows.items()} == {"ada": "100", "bob": "90", "cem": "35", "dora": "10"}
    assert rows["cem"]["total"] == "0"  # the verdict stays
    assert rows["cem"]["by hand"] == "2.5 ex01_double (Lee); 1 ex01_double (Lee)"

    # what the student reads
    page = (tmp_path / "results" / "feedback" / "cem.html").read_text(encoding="utf-8")
    assert "Your mark: 35 of 100, failed" in page
    assert "See me." in page
    assert "was ill" not in page
    number = re.search(r"name the number <strong>(\d+)</strong>", page)
    assert number is not None

    # what happened
    history = run("history", "results", "cem").stdout
    events = {line[18:] for line in history.splitlines()[1:]}
    assert events == {
        "The policy policy.toml counts from now on.",
        "ex01: the work was handed in 2026-11-22 08:00:00, according to times.csv, line 4.",
        "ex01: the verdict on ex01_double.py: 0 of 10.",
        "ex01: Lee [1] gave +2.5. “shown in class”",
        "ex01: Lee [2] wrote: “See me.",
        "Bring the code.”",
        "ex01: Kim [3] noted for instructors: “was ill”",
        "ex01, check doubles: Lee [4] gave +1. “unclear text”",
    }

    # taken back, and exported
    assert (
        "mark is 10 of 100" in run("adjust", "results", "--withdraw", "1", "--why", "a mistake", "--as", "Lee").stdout
    )
    run("adjust", "results", "--export", "words.csv")
    assert "0 of the file's words were new" in run("adjust", "results", "--import", "words.csv").stdout
    (tmp_path / "more.csv").write_text("student,exercise,points,text\nada,ex01,-1,\ndora,,,Hello\n")
    assert "2 of the file's words were new" in run("adjust", "results", "--import", "more.csv", "--as", "Lee").stdout
    assert "90 of 100" in run("explain", "results", "ada").stdout

    # graded again, by other checks: the word is kept, and it is said that the verdict beneath has changed
    (tmp_path / "submissions" / "cem" / "ex01_double.py").write_text(RIGHT)
    run("class", "submissions", "-o", "results", "--only", "cem", code=1)
    assert "the verdict was failed with 0 points; now it is passed with 4 points" in run("queue", "results").stdout
    assert "! " in run("explain", "results", "cem").stdout
    assert run("history", "results", "cem").stdout.count("the verdict on") == 2


def test_an_appeal_is_one_page_that_hides_what_is_hidden(run: Run, tmp_path: Path) -> None:
    run("class", "submissions", "-o", "results", "--reveal", "none", code=1)
    page = (tmp_path / "results" / "feedback" / "cem.html").read_text(encoding="utf-8")
    (number,) = re.findall(r"name the number <strong>(\d+)</strong>", page)
    run("adjust", "results", "cem", "ex01", "--check", "secretly", "--points", "2", "--why", "half", "--as", "Lee")
    run("comment", "results", "cem", "ex01", "--text", "between us", "--private", "--as", "Lee")
    run("adjust", "results", "dora", "ex01", "--points", "1", "--why", "of another student", "--as", "Lee")
    assert run("replay", "results", number).stdout.endswith("The verdict is the same.\n")
    assert "for cem" in run("appeal", "results", number).stdout
    path = tmp_path / "results" / "appeals" / f"{number}.html"
    told = path.read_text(encoding="utf-8")
    for words in ("The verdict is the same", "The mark: 20 of 100, failed", "a hidden check", "gave +2", "“half”",
                  "The policy policy.toml counts", "due 2026-11-23 23:59 CET"):  # fmt: skip
        assert words in told
    for words in ("of a secret", "secretly", "between us", "of another student", "dora"):
        assert words not in told
    run("appeal", "results", number, "--reveal", "titles")
    assert "double() of a secret" in path.read_text(encoding="utf-8")
    # the checks have changed since: that is said, and the verdict that stands is another's decision
    checks = tmp_path / "exercises" / "ex01_double" / "checks.py"
    checks.write_text(checks.read_text().replace("2 * x", "3 * x"))
    run("appeal", "results", number)
    assert "doubles was failed with 0 points, and is passed with 4." in path.read_text(encoding="utf-8")
    assert "It was 0 points, and is 4." in run("regrade", "results", "cem", "ex01", code=1).stdout
    assert "+2" in run("explain", "results", "cem").stdout
    assert "6 of 10 points" in run("explain", "results", "cem").stdout
    for number in ("12", "9" * 18, "9" * 40, "²"):
        told = run("appeal", "results", number, code=2).stderr
        assert told.startswith(f"grade: No verdict that counts has the number '{number}'")


def group_of(run: Run) -> str:
    """The id of the group that tripled, which commands take. An author named it, so the queue does not list it."""
    done = run("queue", "results", "--groups").stdout
    (line,) = [line for line in done.splitlines() if "double() doubles" in line]
    assert "2 students" in line
    return line


def test_saved_comments_are_used_again(run: Run) -> None:
    run("class", "submissions", "-o", "results", code=1)
    run("comment", "results", "--save", "tripled", "--text", "Twice is 2 × x.")
    assert "tripled\n  Twice is 2 × x." in run("comment", "results", "--saved").stdout
    run("comment", "results", "--everybody", "ex01", "--use", "tripled", "--as", "Lee")
    assert run("explain", "results", "dora").stdout.count("Twice is 2 × x.") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["adjust", "results", "ada", "ex01"], "Say how many points"),
        (["adjust", "results", "--points", "1"], "Say of whom"),
        (["adjust", "results", "ada", "ex01", "--points", "x"], "'x' is no number of points"),
        (["adjust", "results", "ada", "ex01", "--points", "1", "--check", "x"], "ex01 has no check 'x'"),
        (["adjust", "results", "eve", "ex01", "--points", "1"], "no student 'eve'"),
        (["adjust", "results", "ada", "ex77", "--points", "1"], "not graded on 'ex77'"),
        (["adjust", "results", "--withdraw", "9"], "There is no word 9"),
        (["adjust", "results", "--import", "nothing.csv"], "cannot be read"),
        (["adjust", "nowhere", "ada", "--points", "1"], "There is no grades.db in nowhere"),
        (["comment", "results", "ada", "ex01"], "The comment is empty"),
        (["comment", "results", "ada", "ex01", "--use", "x"], "no saved comment 'x'"),
        (["comment", "results", "--mistake", "m0", "--text", "x"], "no group of mistakes 'm0'"),
        (["explain", "results", "eve"], "no student 'eve'"),
        (["class", "submissions", "-o", "results", "--policy", "bad.toml"], "bad.toml: there is no key 'x'"),
        (["class", "submissions", "-o", "results", "--times", "bad.toml"], "bad.toml needs the columns"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Run, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    (tmp_path / "bad.toml").write_text("x = 1\n")
    if arguments[0] != "class":
        run("class", "submissions", "-o", "results", code=1)
    done = run(*arguments, code=2)
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_another_policy_counts_from_when_it_is_taken_in(run: Run, tmp_path: Path) -> None:
    for name in ("policy.toml", "times.csv"):  # among the students' folders they are nobody's work
        (tmp_path / name).rename(tmp_path / "submissions" / name)
    run("class", "submissions", "-o", "results", code=1)
    assert gradebook(tmp_path)["bob"]["mark"] == "90"
    (tmp_path / "new.toml").write_text('late = {cost = 1}\nextensions = [{student = "zoe", by = "1 day"}]\n')
    done = run("class", "--reports-only", "results", "--policy", "new.toml", code=1)
    assert "gives an extension to 'zoe', and no student is called so." in done.stderr
    assert gradebook(tmp_path)["bob"]["mark"] == "10"  # of 10, and without a deadline nothing is late
    assert gradebook(tmp_path)["ada"]["mark out of"] == "10"
    (tmp_path / "new.csv").write_text("student,time\nbob,2026-12-24\nzoe,2026-12-24\n")
    (tmp_path / "new.toml").write_text("deadline = 2026-12-23\nlate = {cost = 30}\n")
    done = run("class", "--reports-only", "results", "--policy", "new.toml", "--times", "new.csv", code=1)
    assert "no student 'zoe'" in done.stderr
    assert gradebook(tmp_path)["bob"]["mark"] == "10"  # at midnight that day begins, and so the deadline is met
    assert "according to new.csv, line 2, in time" in run("explain", "results", "bob").stdout
    assert run("history", "results", "bob").stdout.count("counts from now on") == 3


def test_without_a_policy_or_a_word_reports_are_as_before(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").unlink()
    run("class", "submissions", "-o", "results", code=1)
    who = ["student", "id", "sid", "email"]
    assert list(gradebook(tmp_path)["ada"]) == [*who, "ex01_double", "total", "out of", "late", "flags"]
    assert "Your mark" not in (tmp_path / "results" / "feedback" / "ada.html").read_text(encoding="utf-8")
    assert not (tmp_path / "results" / "adjustments.csv").exists()
