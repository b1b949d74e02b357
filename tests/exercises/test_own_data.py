"""An exercise with data and options of its own: everything it needs lies in its folder, and nothing in the grader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from small_courses import grade, make_course

from grader.authoring import release
from grader.errors import AuthoringError
from grader.exercises.course import Course
from grader.exercises.data import data_of

TOML = """
title = "The harvest"
points = 2
stub = "ex02_harvest.py"
hints = ["Count.", "Add.", "sum()"]

[options.orchard]
help = "Which trees are counted."
choices = ["small", "large"]

[options.sheds]
help = "The folder that harvests are kept in."
kind = "folder"
for_data = true

[options.pears]
help = "A file of pears, to be counted too."
kind = "file"
single = true

[options.bruised]
help = "Count bruised pears, too."
kind = "flag"
needs = "pears"
"""
DATA = '''
"""Harvests: fetched once, by copying what the orchard, a constant, has."""

from grader import Stock, Unobtainable, UsageError

from .orchard import APPLES


def kept(materials):
    folder = materials.options["sheds"]
    return None if folder is None else folder / "apples.txt"


def look(materials, *, closely):
    path = kept(materials)
    there = path is not None and path.is_file()
    rotten = there and closely and path.read_text() != APPLES
    return Stock(
        "The harvest", path.parent if path else "nowhere", there, "they are rotten" if rotten else "",
        summary=f"{len(APPLES.split())} apples", sentences=("All are sound.",), download="1 kB",
        without="Pears are counted meanwhile.",
    )


def obtain(materials, watch):
    path = kept(materials)
    if path is None or not path.parent.is_dir():
        raise Unobtainable("there is no shed")
    mended = path.is_file()
    watch(0.5)
    path.write_text(APPLES)
    return "Rotten apples were thrown away." if mended else ""


def begin(materials):
    pears = materials.options["pears"]
    if pears is not None and pears.suffix != ".txt":
        raise UsageError(f"{pears.name} holds no pears.")
'''
CHECKS = """
from grader import check, expect

from .orchard import APPLES


@check("count() counts what was chosen", points=2)
def count(student, inputs):
    chosen = student.materials.options
    apples = APPLES.split() * (3 if chosen["orchard"] == "large" else 1)
    pears = chosen["pears"].read_text().split() if chosen["pears"] else []
    sound = [pear for pear in pears if chosen["bruised"] or pear != "bruised"]
    expect.close(student.count(apples + sound), len(apples + sound))
    student.findings.notes.append(f"{len(apples)} apples and {len(sound)} pears were counted.")
"""
FILES = {
    "exercise.toml": TOML,
    "data.py": DATA,
    "orchard.py": 'APPLES = "red green red"\n',
    "checks.py": CHECKS,
    "README.md": "# Harvest\n",
    "ex02_harvest.py": "def count(fruits):\n    raise NotImplementedError\n",
}
Lay = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """A course of two exercises: a plain one, and one with data, some of whose files may be others."""

    def write(files: Mapping[str, str]) -> Path:
        root = make_course(tmp_path / "course")
        folder = root / "exercises" / "ex02_harvest"
        folder.mkdir()
        for name, text in {**FILES, **files}.items():
            (folder / name).write_text(text, encoding="utf-8")
        return root

    return write


def said(root: Path, *arguments: str) -> tuple[int, str]:
    done = grade(*arguments, cwd=root)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_its_data_are_looked_at_and_fetched_by_its_own_code(lay: Lay, tmp_path: Path) -> None:
    root, sheds = lay({}), tmp_path / "sheds"
    sheds.mkdir()
    here = ("--sheds", str(sheds))
    assert said(root, "data", *here) == (
        1, f"The harvest is not in {sheds}. Fetch it with: grade data --fetch\n"
    )  # fmt: skip
    code, words = said(root, "data", "ex02", "--fetch", *here)
    assert (code, words.splitlines()[-2:]) == (0, [f"The harvest is in {sheds}: 3 apples.", "All are sound."])
    (sheds / "apples.txt").write_text("brown")
    code, words = said(root, "data", *here)
    assert (code, words.split(". ")[0]) == (1, f"The harvest in {sheds} is damaged: they are rotten")
    code, words = said(root, "data", "--fetch", *here)
    assert (code, "Rotten apples were thrown away." in words) == (0, True)


def test_what_cannot_be_had_is_said_in_a_sentence(lay: Lay) -> None:
    root = lay({})
    assert said(root, "data", "--fetch") == (
        2, "grade: The harvest cannot be had: there is no shed. Pears are counted meanwhile.\n"
    )  # fmt: skip
    assert said(root, "data", "ex01") == (2, "grade: ex01 has no data of its own.\n")
    assert said(root, "data", "--bruised")[0] == 2, "that has nothing to do with where data lie"


def test_a_course_without_data_says_so(tmp_path: Path) -> None:
    assert said(make_course(tmp_path), "data") == (0, "No exercise of this course has data of its own.\n")


@pytest.mark.slow
def test_its_options_reach_its_checks(lay: Lay) -> None:
    root = lay({"ex02_harvest.py": "def count(fruits):\n    return len(fruits)\n"})
    (root / "pears.txt").write_text("sound bruised")
    plain = ("--format", "plain")
    for options, note in (
        ((), "3 apples and 0 pears were counted."),
        (("--orchard", "large"), "9 apples and 0 pears were counted."),
        (("--orchard=large", "--pears", "pears.txt"), "9 apples and 1 pears were counted."),
        (("--pears", "pears.txt", "--bruised"), "3 apples and 2 pears were counted."),
    ):
        code, words = said(root, "ex02", *options, *plain)
        assert (code, note in words) == (0, True), words
    code, words = said(root, "ex01", "ex02", "--orchard", "large", *plain)
    assert (code, "9 apples" in words) == (1, True), "one exercise's option does not keep others from being graded"


REFUSED = {
    "a choice that there is not": (["ex02", "--orchard", "vast"], "'vast' is not one of 'small', 'large'"),
    "a name with a slip": (["ex02", "--orchards", "large"], "Did you mean"),
    "another exercise's option": (["ex01", "--orchard", "large"], "--orchard is for ex02 only."),
    "what needs another": (["ex02", "--bruised"], "--bruised goes with --pears."),
    "many for what is for one": (["all", "--pears", "p.txt"], "--pears takes one submission, for ex02; here are 2."),
    "what it refuses itself": (["ex02", "--pears", "pears.csv"], "pears.csv holds no pears."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused_in_a_sentence(lay: Lay, case: str) -> None:
    arguments, words = REFUSED[case]
    code, output = said(lay({}), *arguments)
    assert (code, output.count("\n")) == (2, 1)
    assert words in output


def test_help_lists_them_with_their_exercise(lay: Lay) -> None:
    root = lay({})
    listed = " ".join(said(root, "run", "--help")[1].split())
    assert "--orchard [small|large] Which trees are counted. For ex02. [default: (small)]" in listed
    assert "--bruised" in listed
    listed = " ".join(said(root, "data", "--help")[1].split())
    assert "--sheds" in listed
    assert "--bruised" not in listed


@pytest.mark.slow
def test_the_doctor_and_the_kit_know_of_it(lay: Lay) -> None:
    root = lay({})
    words = " ".join(said(root, "doctor")[1].split())
    assert "The harvest is not on this machine; only ex02 uses it" in words
    assert "To fetch it (1 kB): grade data --fetch" in words
    names = {name.split("/", 2)[2] for name in release.build(Course(root)) if name.startswith("exercises/ex02")}
    assert {"data.py", "orchard.py", "checks.py"} <= names


MISDECLARED = {
    "no help": ("[options.a]\n", r"\[options\.a\] has no help"),
    "no table": ("[options]\na = 1\n", r"options are tables, such as \[options\.data\]"),
    "a name of another form": ('[options.A_b]\nhelp = "…"\n', "small letters, digits and hyphens"),
    "an unknown key": ('[options.a]\nhelp = "…"\nkin = "flag"\n', "has 'kin', which means nothing; there are help"),
    "an unknown kind": ('[options.a]\nhelp = "…"\nkind = "colour"\n', "is of kind 'colour'; there are text"),
    "a choice of nothing": ('[options.a]\nhelp = "…"\nkind = "choice"\n', "a choice has choices"),
    "a flag with choices": ('[options.a]\nhelp = "…"\nkind = "flag"\nchoices = ["x"]\n', "a choice has choices"),
    "a default beside": ('[options.a]\nhelp = "…"\nchoices = ["x"]\ndefault = "y"\n', "'y', which is not one of"),
    "a flag's default": ('[options.a]\nhelp = "…"\nkind = "flag"\ndefault = "y"\n', "only a choice and a text"),
    "a need of nothing": ('[options.a]\nhelp = "…"\nneeds = "b"\n', "needs 'b', which is no option"),
}


@pytest.mark.parametrize("case", MISDECLARED)
def test_options_that_are_not_well_declared_are_named(lay: Lay, case: str) -> None:
    table, words = MISDECLARED[case]
    root = lay({"exercise.toml": TOML.split("\n[options", 1)[0] + "\n" + table})
    with pytest.raises(AuthoringError, match=rf"exercise\.toml cannot be read: .*{words}"):
        Course(root).exercises()


def test_an_option_cannot_take_the_name_of_grades_own(lay: Lay) -> None:
    root = lay({"exercise.toml": TOML + '[options.seed]\nhelp = "…"\n'})
    code, words = said(root, "ex02", "--seed", "3")
    assert (code, "ex02_harvest: --seed is grade's own. Rename [options.seed]." in words) == (3, True)


@pytest.mark.slow
def test_two_exercises_that_mean_different_things_by_one_name_are_told_apart(lay: Lay) -> None:
    root = lay({})
    other = root / "exercises" / "ex01_answer" / "exercise.toml"
    other.write_text(other.read_text() + '[options.orchard]\nhelp = "…"\nkind = "flag"\n')
    code, words = said(root, "ex02", "--orchard", "large")
    assert (code, "--orchard is a flag for ex01 and a choice for ex02: rename one" in words) == (3, True)
    other.write_text(other.read_text().replace('kind = "flag"', 'choices = ["tiny", "large"]'))
    assert "ex02 takes small or large" in said(root, "ex02", "--orchard", "tiny")[1]
    assert said(root, "ex02", "--orchard", "large")[0] == 1


def test_data_that_lack_a_function_are_named(lay: Lay) -> None:
    exercise = Course(lay({"data.py": "def look(materials, *, closely): ...\n"})).exercises()[1]
    with pytest.raises(AuthoringError, match=r"data\.py has no obtain\(\): it is to have look, obtain, begin"):
        data_of(exercise)
