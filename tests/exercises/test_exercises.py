"""Finding and loading exercises: which one is meant, and what an author is told about a broken folder."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import ROOT
from small_courses import make_course

from grader.errors import AuthoringError, UsageError
from grader.exercises.course import Course, find_course
from grader.exercises.exercise import Exercise
from grader.exercises.hints import Hint

TOML = 'title = "T"\npoints = 3\nstub = "{stub}"\nhints = ["one", "two ", "three"]\n'
CHECKS = """
from grader import check

@check("f is right", points=2)
def first(student, inputs): pass

@check("g is right", points=1, after=first)
def second(student, inputs): pass
"""
HIDDEN = """
from grader import check

@check("f is right on hidden inputs", points=1, after="first", kind="W")
def third(student, inputs): pass
"""

Make = Callable[..., Exercise]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write one exercise's folder in tmp_path and read it: `make("ex01_a", toml=…, checks=…, hidden=…)`."""

    def write(
        name: str = "ex01_a",
        *,
        toml: str = TOML,
        checks: str | None = CHECKS,
        hidden: str | None = None,
        stub: str | None = None,
    ) -> Exercise:
        folder = tmp_path / "exercises" / name
        folder.mkdir(parents=True)
        stub = stub or f"{name}.py"
        (folder / "exercise.toml").write_text(toml.replace("{stub}", stub), encoding="utf-8")
        (folder / f"{name}.py").write_text("def f():\n    raise NotImplementedError\n")
        if checks is not None:
            (folder / "checks.py").write_text(checks, encoding="utf-8")
        if hidden is not None:
            twin = tmp_path / "solutions" / name
            twin.mkdir(parents=True)
            (twin / "hidden_checks.py").write_text(hidden)
        return next(e for e in Course(tmp_path).exercises() if e.id == name)

    return write


NAMES = ("ex01_numbers", "ex02_in_place", "ex12_wide", "ex13_sin_gradient", "lab04_linreg", "lab13_other")


@pytest.fixture
def course(make: Make, tmp_path: Path) -> Course:
    """A course of several exercises."""
    for name in NAMES:
        make(name)
    return Course(tmp_path)


# --- which one is meant -----------------------------------------------------------------------------------------------


def test_exercises_come_in_the_order_of_their_numbers(course: Course) -> None:
    assert tuple(exercise.id for exercise in course.exercises()) == NAMES


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("ex13_sin_gradient", "ex13_sin_gradient"), ("EX13_Sin_Gradient", "ex13_sin_gradient"),
        ("ex13", "ex13_sin_gradient"), ("EX13", "ex13_sin_gradient"), ("13", "ex13_sin_gradient"),
        ("1", "ex01_numbers"), ("01", "ex01_numbers"), ("ex1", "ex01_numbers"), ("ex001", "ex01_numbers"),
        ("lab04", "lab04_linreg"), ("lab4", "lab04_linreg"), ("4", "lab04_linreg"), ("lab13", "lab13_other"),
        ("gradient", "ex13_sin_gradient"), ("in_place", "ex02_in_place"), ("wide", "ex12_wide"),
    ],
)  # fmt: skip
def test_find(course: Course, wanted: str, found: str) -> None:
    assert course.find(wanted).id == found


@pytest.mark.parametrize("wanted", ["ex99", "99", "nonsense", "", "e", "²", "٣٣", "9" * 5000, "ex", "13.5", "-1"])
def test_find_says_what_there_is_when_there_is_no_such_exercise(course: Course, wanted: str) -> None:
    with pytest.raises(UsageError, match=r"There is no exercise .*ex13_sin_gradient"):
        course.find(wanted)


def test_what_there_is_leaves_out_nothing(tmp_path: Path) -> None:
    names = ["ex01_a", "ex02_b", "ex03_c", "ex05_d", "lab01_a", "lab02_b", "lab03_c", "own_one"]
    make_course(tmp_path, *names)
    with pytest.raises(UsageError, match=r"are: ex01_a, .*lab03_c, own_one\.$"):
        Course(tmp_path).find("x")
    make_course(tmp_path, "own_two")
    with pytest.raises(UsageError, match=r"are: ex01, ex02, ex03, ex05, lab01 to lab03, own_one, own_two\.$"):
        Course(tmp_path).find("x")


def test_find_suggests_what_was_probably_meant(course: Course) -> None:
    with pytest.raises(UsageError, match=r"There is no exercise 'ex13x'\. Did you mean ex13\?"):
        course.find("ex13x")


def test_find_says_between_which_when_more_than_one_is_meant(course: Course) -> None:
    with pytest.raises(UsageError, match="'lab' means more than one exercise: lab04_linreg, lab13_other"):
        course.find("lab")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=12))
def test_find_takes_any_text(course: Course, wanted: str) -> None:
    try:
        assert course.find(wanted).id in NAMES
    except UsageError as error:
        assert "exercise" in str(error)  # noqa: PT017


@pytest.mark.parametrize(
    "name",
    [
        "ex13_sin_gradient.py", "EX13_SIN_GRADIENT.PY", "Ex13_Sin_Gradient (1).py", "ex13_sin_gradient-2.py",
        "smith_12345_ex13_sin_gradient.py", "ex13_sin_gradient_ex13_sin_gradient.py", "ex13.py", "Ex13 final.py",
        "smith-ex13.py", "12_ex13_(copy).py", "ex13.v2.py", "Müller_ex13.py", "lab_ex13_sin_gradient.py",
    ],
)  # fmt: skip
def test_of_file(course: Course, name: str) -> None:
    assert course.of_file(Path(name)).id == "ex13_sin_gradient"


@pytest.mark.parametrize(
    "name", ["solution.py", "ex130.py", "ex1.py", "13.py", "ex12_ex13.py", "ex.py", "hex13.py", "é.py"]
)
def test_of_file_says_how_to_name_a_file_that_could_be_anything(course: Course, name: str) -> None:
    with pytest.raises(UsageError, match=r"does not say which exercise.*ex01_numbers\.py.*--exercise"):
        course.of_file(Path(name))


def test_of_file_looks_at_the_folder_when_the_name_says_nothing(course: Course, tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "ex02_in_place"
    folder.mkdir(parents=True)
    (folder / "solution.py").write_text("")
    assert course.of_file(folder / "solution.py").id == "ex02_in_place"


def test_a_name_wins_over_the_folder(course: Course, tmp_path: Path) -> None:
    assert course.of_file(tmp_path / "ex02_in_place" / "ex13.py").id == "ex13_sin_gradient"


def test_an_empty_course_still_gives_advice(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    with pytest.raises(UsageError, match=r"ex01\.py"):
        Course(tmp_path).of_file(Path("solution.py"))


def test_the_course_is_found_from_within_it(course: Course) -> None:
    assert find_course(course.root).root == course.root
    assert find_course(course.root / "exercises" / "ex12_wide").root == course.root


def test_a_named_folder_without_a_course_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--course"):
        find_course(tmp_path)


def test_without_a_course_around_it_this_packages_own_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (find_course().root / "grader" / "exercises" / "course.py").is_file()


# --- what is read -----------------------------------------------------------------------------------------------------


def test_an_exercise_is_read(make: Make) -> None:
    exercise = make()
    assert (exercise.id, exercise.title, exercise.points, exercise.stub) == ("ex01_a", "T", 3.0, "ex01_a.py")
    assert exercise.hints == (Hint("one"), Hint("two"), Hint("three"))
    assert exercise.stub_path.is_file()
    assert (exercise.solution_folder, exercise.solution_path, exercise.has_hidden_checks) == (None, None, False)
    assert (exercise.warm, exercise.accelerated) == ((), False)


def test_limits_and_warm_modules_are_read(make: Make) -> None:
    toml = TOML + 'warm = ["sklearn"]\naccelerated = true\n[limits]\ncheck_s = 3\nmemory_mb = 4096\n'
    exercise = make(toml=toml)
    assert (exercise.limits.check_s, exercise.limits.import_s, exercise.limits.worker.memory_mb) == (3.0, 15.0, 4096)
    assert (exercise.warm, exercise.accelerated) == (("sklearn",), True)


def test_checks_come_in_the_order_of_their_files_hidden_ones_last(make: Make) -> None:
    exercise = make(hidden=HIDDEN)
    checks = exercise.load_checks(hidden=True)
    assert [(check.id, check.hidden, check.after) for check in checks] == [
        ("first", False, ()),
        ("second", False, ("first",)),
        ("third", True, ("first",)),
    ]
    assert [check.id for check in exercise.load_checks(hidden=False)] == ["first", "second"]


def test_without_the_solutions_there_are_only_public_checks(make: Make) -> None:
    assert [check.id for check in make().load_checks(hidden=True)] == ["first", "second"]


def test_probes_of_both_sides_are_sent(make: Make) -> None:
    exercise = make(hidden=HIDDEN)
    assert exercise.basis().probes == b""
    assert exercise.solution_folder is not None
    (exercise.folder / "probes.py").write_text("def a(): pass")
    (exercise.solution_folder / "probes.py").write_text("def b(): pass")
    assert exercise.basis().probes == b"def a(): pass\ndef b(): pass"


@pytest.mark.parametrize("name", ["exercise.toml", "checks.py", "probes.py"])
def test_the_fingerprint_changes_with_what_decides_a_verdict(make: Make, name: str) -> None:
    exercise = make()
    before = exercise.fingerprint()
    assert before == exercise.fingerprint()
    for idle in ("README.md", exercise.stub):
        (exercise.folder / idle).write_text("words")
    assert exercise.fingerprint() == before
    with (exercise.folder / name).open("a") as file:
        file.write("\n# changed\n")
    assert exercise.fingerprint() != before


# --- what an author is told -------------------------------------------------------------------------------------------

BROKEN_TOML: dict[str, tuple[str, str]] = {
    "no_toml": ("title = ", "TOMLDecodeError"),
    "no_text": ("\x00", "TOMLDecodeError"),
    "no_title": (TOML.replace("title", "name"), "it has no title"),
    "no_stub": (TOML.replace("stub =", "file ="), "it has no stub"),
    "no_hints": (TOML.replace("hints", "tips"), "it has no hints"),
    "an_unknown_key": (TOML + "acelerated = true\n", "it has 'acelerated', which means nothing; .* accelerated"),
    "one_text_for_hints": (TOML.replace('["one", "two ", "three"]', '"one"'), "hints must be a list"),
    "points_that_are_no_number": (TOML.replace("3", '"many"'), "many"),
    "a_file_from_elsewhere": (TOML + 'files = ["../secret.csv"]\n', "'../secret.csv' is no file's name"),
    "an_unknown_limit": (TOML + "[limits]\nseconds = 5\n", r"\[limits\] has 'seconds', .* check_s"),
    "a_limit_that_is_no_number": (TOML + '[limits]\ncheck_s = "long"\n', "long"),
    "limits_that_are_no_table": (TOML + "limits = 5\n", "TypeError"),
}


@pytest.mark.parametrize("name", BROKEN_TOML)
def test_a_broken_definition_is_named(make: Make, name: str) -> None:
    toml, words = BROKEN_TOML[name]
    with pytest.raises(AuthoringError, match=rf"exercise\.toml cannot be read.*{words}"):
        make(toml=toml)


def test_a_missing_stub_is_named(make: Make) -> None:
    with pytest.raises(AuthoringError, match=r"names the stub other\.py, which is not in"):
        make(stub="other.py")


BROKEN_CHECKS: dict[str, tuple[str | None, str]] = {
    "missing": (None, r"checks\.py is missing"),
    "empty": ("", r"checks\.py has no checks"),
    "a_syntax_error": ("def", r"checks\.py cannot be imported: SyntaxError"),
    "an_import_error": ("import nowhere_to_be_found", "ModuleNotFoundError"),
    "points_below_0": (CHECKS.replace("points=2", "points=-2"), "'f is right' has -2 points"),
    "the_same_check_twice": (CHECKS + "\nagain = first\n", "two checks named first"),
    "after_what_is_not_there": (
        CHECKS.replace("after=first", 'after="zeroth"'),
        "zeroth, which is not an earlier check",
    ),
    "after_itself": (CHECKS.replace("after=first", 'after="second"'), "second, which is not an earlier check"),
}


@pytest.mark.parametrize("name", BROKEN_CHECKS)
def test_broken_checks_are_named(make: Make, name: str) -> None:
    source, words = BROKEN_CHECKS[name]
    with pytest.raises(AuthoringError, match=words):
        make(checks=source).load_checks(hidden=True)


def test_a_hidden_check_may_not_take_a_public_ones_name(make: Make) -> None:
    exercise = make(hidden=HIDDEN.replace("third", "second"))
    with pytest.raises(AuthoringError, match="two checks named second"):
        exercise.load_checks(hidden=True)


@pytest.mark.slow
def test_every_exercise_of_this_repository_can_be_loaded() -> None:
    exercises = Course(ROOT).exercises()
    assert exercises
    for exercise in exercises:
        assert exercise.load_checks(hidden=True)
        assert len(exercise.hints) >= 3


def test_threads_that_load_exercises_at_once_do_not_mix_their_helpers(course: Course) -> None:
    exercises = [*course.exercises()] * 8
    with ThreadPoolExecutor(8) as pool:
        loaded = list(pool.map(lambda exercise: exercise.load_checks(hidden=True), exercises))
    assert [[check.id for check in checks] for checks in loaded] == [
        [check.id for check in exercise.load_checks(hidden=True)] for exercise in exercises
    ]


def test_no_file_of_an_exercise_is_long() -> None:
    for exercise in Course(ROOT).exercises():
        for file in exercise.files():
            assert not file.module or file.content.count(b"\n") <= 300, file.path
