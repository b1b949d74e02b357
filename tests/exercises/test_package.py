"""An exercise is a package: relative imports on both sides, nothing but its own files, each course by itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.checks.check import Check
from grader.errors import AuthoringError
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.exercises.files import Side

TOML = 'title = "T"\npoints = 3\nstub = "ex01_a.py"\nhints = ["one", "two", "three"]\n'
STUB = "def f():\n    raise NotImplementedError\n"


def check(name: str, *, before: str = "", body: str = "pass") -> str:
    """The source of a module with one check."""
    return f"""
from grader import check
{before}

@check("{name} holds", points=1)
def {name}(student, inputs):
    {body}
"""


Lay = Callable[..., Exercise]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """Write files of one exercise, by their path in its course, and read it; `within`: another course."""

    def write(files: Mapping[str, str], within: str = "course", toml: str = TOML) -> Exercise:
        root = tmp_path / within
        for name, text in {"exercises/ex01_a/exercise.toml": toml, "exercises/ex01_a/ex01_a.py": STUB, **files}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        return Course(root).exercises()[0]

    return write


PUBLIC, HIDDEN = "exercises/ex01_a", "solutions/ex01_a"


def ids(checks: tuple[Check, ...]) -> list[str]:
    return [found.id for found in checks]


def answers(exercise: Exercise, *, hidden: bool = True) -> list[object]:
    """What each check's function returns, which in these tests says whom it has met."""
    return [found.function(None, None) for found in exercise.load_checks(hidden=hidden)]  # type: ignore[arg-type,func-returns-value]


# --- relative imports -------------------------------------------------------------------------------------------------

BOTH_SIDES = {
    f"{PUBLIC}/table.py": "from .units import METRES\nROWS = 3 * METRES\n",
    f"{PUBLIC}/units.py": "METRES = 10\n",
    f"{PUBLIC}/checks.py": check("first", before="from .table import ROWS", body="return ROWS"),
    f"{HIDDEN}/secrets.py": "from .table import ROWS\nfrom . import units\nMANY = ROWS + units.METRES\n",
    f"{HIDDEN}/hidden_checks.py": check(
        "second", before="from .checks import ROWS\nfrom .secrets import MANY", body="return ROWS, MANY"
    ),
}


def test_modules_of_both_sides_import_each_other_by_their_relative_names(lay: Lay) -> None:
    exercise = lay(BOTH_SIDES)
    assert answers(exercise) == [30, (30, 40)]
    assert answers(exercise, hidden=False) == [30]


def test_a_check_may_import_late(lay: Lay) -> None:
    exercise = lay({**BOTH_SIDES, f"{PUBLIC}/checks.py": check("first", body="from .units import METRES; return METRES")
                    + "ROWS = 1\n"})  # fmt: skip
    assert answers(exercise) == [10, (1, 40)]


def test_checks_in_a_folder_come_in_the_order_of_their_files_names(lay: Lay) -> None:
    one, other = check("one") + check("another"), check("other", before="from ..table import ROWS", body="return ROWS")
    exercise = lay(
        {
            f"{PUBLIC}/table.py": "ROWS = 7\n",
            f"{PUBLIC}/checks/b_later.py": one,
            f"{PUBLIC}/checks/a_first.py": other,
            f"{HIDDEN}/hidden_checks/b.py": check("fourth", before="from ..checks.a_first import ROWS"),
            f"{HIDDEN}/hidden_checks/a.py": check("third"),
        }
    )
    assert ids(exercise.load_checks(hidden=True)) == ["other", "one", "another", "third", "fourth"]
    assert exercise.has_hidden_checks
    assert [found.hidden for found in exercise.load_checks(hidden=True)] == [False] * 3 + [True] * 2
    assert answers(exercise)[0] == 7
    lay({f"{PUBLIC}/checks/__init__.py": check("zeroth")})
    assert ids(exercise.load_checks(hidden=False)) == ["zeroth", "other", "one", "another"]


def test_a_check_that_is_imported_is_its_own_modules_alone(lay: Lay) -> None:
    hidden = check("second", before="from .checks import first")
    exercise = lay({f"{PUBLIC}/checks.py": check("first"), f"{HIDDEN}/hidden_checks.py": hidden})
    assert ids(exercise.load_checks(hidden=True)) == ["first", "second"]


# --- one exercise, one package ----------------------------------------------------------------------------------------


def test_exercises_of_one_name_in_two_courses_do_not_mix(lay: Lay) -> None:
    courses = [
        lay(
            {
                f"{PUBLIC}/table.py": f"ROWS = {rows}\n",
                f"{PUBLIC}/checks.py": check("first", body="from .table import ROWS; return ROWS"),
            },
            within=f"course{rows}",
        )
        for rows in (1, 2)
    ]
    loaded = [exercise.load_checks(hidden=True)[0].function for exercise in courses]
    assert [function(None, None) for function in loaded] == [1, 2]  # type: ignore[arg-type,func-returns-value]


def test_threads_that_load_at_once_each_get_their_own_exercises_modules(lay: Lay) -> None:
    courses = [
        lay({f"{PUBLIC}/table.py": f"ROWS = {rows}\n",
             f"{PUBLIC}/checks.py": check("first", before="from .table import ROWS", body="return ROWS")},
            within=f"course{rows}")
        for rows in range(6)
    ]  # fmt: skip
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(answers, courses * 8)) == [[rows] for rows in range(6)] * 8


def test_who_asks_again_gets_the_same_modules(lay: Lay) -> None:
    exercise = lay(BOTH_SIDES)
    table = exercise.module("table")
    assert table is not None
    assert exercise.module("table") is table
    assert exercise.load_checks(hidden=True)[0].function.__globals__["ROWS"] is table.ROWS
    assert exercise.module("nothing") is None


def test_a_changed_file_is_seen_even_if_second_and_size_are_the_same(lay: Lay) -> None:
    exercise = lay(BOTH_SIDES)
    for metres in (20, 30, 40):
        lay({f"{PUBLIC}/units.py": f"METRES = {metres}\n"})
        assert answers(exercise, hidden=False) == [3 * metres]
    assert not list(exercise.folder.rglob("__pycache__"))


def test_what_failed_once_is_loaded_when_it_is_mended(lay: Lay) -> None:
    exercise = lay({**BOTH_SIDES, f"{PUBLIC}/table.py": "ROWS = METRES\n"})
    before = set(sys.modules)
    with pytest.raises(AuthoringError, match=r"checks\.py cannot be imported: NameError: .*METRES.* \(table\.py:1\)"):
        exercise.load_checks(hidden=True)
    assert not [name for name in set(sys.modules) - before if name.endswith(("checks", "table"))]
    lay(BOTH_SIDES)
    assert answers(exercise) == [30, (30, 40)]


# --- what cannot be imported ------------------------------------------------------------------------------------------

NEVER = {
    "the stub, where students work": ("from .ex01_a import f", "imports ex01_a, which is not for checks"),
    "all of the stub": ("from . import ex01_a", "imports ex01_a, which is not for checks"),
    "unusual work": ("from .right.other import f", "imports right, which is not for checks"),
    "wrong work": ("from .wrong import other", "imports wrong, which is not for checks"),
    "the usual program": ("from . import plain", "imports plain, which is not for checks"),
    "probes": ("from .probes import f", "imports probes, which is not for checks"),
    "what is not there": (
        "from . import nowhere",
        r"imports nowhere, and there is no such module in .* or .*solutions",
    ),
    "a name that is not there": ("from .table import Table", "cannot .*: ImportError: cannot .* 'Table' from 'table'"),
    "a file with an error": ("from .broken import f", r"cannot be imported: SyntaxError: .*\(broken\.py, line 1\)"),
    "what only the running program knows": (
        "import importlib\nimportlib.import_module('.ex01_a', __package__)",
        "ModuleNotFoundError: No module named 'ex01_a'",
    ),
}


@pytest.mark.parametrize("side", [PUBLIC, HIDDEN])
@pytest.mark.parametrize("case", NEVER)
def test_what_checks_cannot_import_is_said_in_a_sentence(lay: Lay, case: str, side: str) -> None:
    statement, words = NEVER[case]
    program = "raise SystemExit('a student’s program ran')\n"
    files = {
        f"{PUBLIC}/ex01_a.py": program,
        f"{PUBLIC}/broken.py": "def\n",
        f"{HIDDEN}/ex01_a.py": program,
        f"{HIDDEN}/right/other.py": program,
        f"{HIDDEN}/wrong/other.py": program,
        f"{HIDDEN}/plain.py": program,
        f"{PUBLIC}/probes.py": program,
        f"{PUBLIC}/table.py": "",
        f"{PUBLIC}/checks.py": check("first"),
        f"{HIDDEN}/hidden_checks.py": check("second"),
    }
    name = "checks" if side is PUBLIC else "hidden_checks"
    exercise = lay({**files, f"{side}/{name}.py": check(name, before=statement)})
    with pytest.raises(AuthoringError, match=rf"{name}\.py .*{words}"):
        exercise.load_checks(hidden=True)


AMBIGUOUS = {
    "a helper on both sides": {f"{PUBLIC}/table.py": "ROWS = 1\n", f"{HIDDEN}/table.py": "ROWS = 2\n"},
    "a helper and a folder": {f"{PUBLIC}/table.py": "ROWS = 1\n", f"{PUBLIC}/table/inner.py": ""},
    "a helper and a package": {f"{PUBLIC}/table.py": "ROWS = 1\n", f"{PUBLIC}/table/__init__.py": "ROWS = 2\n"},
    "a helper and a folder on the other side": {f"{PUBLIC}/table.py": "ROWS = 1\n", f"{HIDDEN}/table/inner.py": ""},
    "checks on both sides": {f"{PUBLIC}/table.py": "ROWS = 1\n", f"{HIDDEN}/checks.py": ""},
    "checks and a folder": {f"{PUBLIC}/table.py": "ROWS = 1\n", f"{PUBLIC}/checks/more.py": ""},
    "hidden checks on both sides": {f"{PUBLIC}/table.py": "ROWS = 1\n", f"{PUBLIC}/hidden_checks.py": ""},
}


@pytest.mark.parametrize("case", AMBIGUOUS)
def test_two_files_that_go_by_one_modules_name_are_refused(lay: Lay, case: str) -> None:
    exercise = lay(
        {
            f"{PUBLIC}/checks.py": check("first", before="from .table import ROWS"),
            f"{HIDDEN}/hidden_checks.py": check("second"),
            **AMBIGUOUS[case],
        }
    )
    with pytest.raises(AuthoringError, match=r"are both the module \w+: rename one of them\."):
        exercise.load_checks(hidden=True)


def test_public_checks_cannot_use_what_students_will_not_have(lay: Lay) -> None:
    exercise = lay({**BOTH_SIDES, f"{PUBLIC}/units.py": "from .secrets import MANY\nMETRES = 1\n"})
    words = r"units\.py imports secrets, which lies in .*solutions.ex01_a: students do not have it"
    with pytest.raises(AuthoringError, match=words):
        exercise.load_checks(hidden=False)


# --- what an exercise is made of --------------------------------------------------------------------------------------


def test_an_exercise_is_made_of_what_its_checks_lead_to(lay: Lay) -> None:
    exercise = lay(
        {
            **BOTH_SIDES,
            f"{PUBLIC}/README.md": "# A\n",
            f"{PUBLIC}/probes.py": "",
            f"{PUBLIC}/data.py": "from .rows import count\n",
            f"{PUBLIC}/rows.py": "def count(): ...\n",
            f"{PUBLIC}/words.csv": "a,b\n",
            f"{HIDDEN}/probes.py": "",
            f"{HIDDEN}/words.csv": "c,d\n",
            # and beside them:
            f"{PUBLIC}/notes.md": "",
            f"{PUBLIC}/solution.py": "f = 1\n",
            f"{PUBLIC}/.stub/ex01_a.py": STUB,
            f"{HIDDEN}/ex01_a.py": "f = 1\n",
            f"{HIDDEN}/tune.py": "",
            f"{HIDDEN}/plain.py": "",
            f"{HIDDEN}/right/other.py": "",
            f"{HIDDEN}/wrong/other.py": "",
        },
        toml=TOML + 'files = ["words.csv"]\n',
    )
    assert [(file.side, file.name) for file in exercise.files()] == [
        *((Side.PUBLIC, name) for name in ("README.md", "checks.py", "data.py", "exercise.toml", "probes.py", "rows.py",
                                           "table.py", "units.py", "words.csv")),
        *((Side.HIDDEN, name) for name in ("hidden_checks.py", "probes.py", "secrets.py", "words.csv")),
    ]  # fmt: skip
    assert all(file.content == file.path.read_bytes() for file in exercise.files())


def test_a_helpers_change_is_seen_in_the_fingerprint(lay: Lay) -> None:
    exercise = lay(BOTH_SIDES)
    found = {exercise.fingerprint()}
    for helper in (f"{PUBLIC}/units.py", f"{HIDDEN}/secrets.py"):
        lay({**BOTH_SIDES, helper: BOTH_SIDES[helper] + "\n"})
        found.add(exercise.fingerprint())
    assert len(found) == 3
