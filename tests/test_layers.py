"""Imports go downwards, the worker knows nothing of the trusted side, and the command is light."""

from __future__ import annotations

import ast
import graphlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from places import ROOT

from grader.sandbox.inside.jail.rootfs import SHARED_FILES

HEAVY = ("torch", "numpy", "sklearn", "torchvision", "torchmetrics", "optuna", "matplotlib")
FLOORS = (
    "cli __main__ magic pytest_plugin",
    "commands",
    "served",
    "authoring",
    "reports",
    "marks",
    "classroom",
    "grading",
    "submissions",
    "exercises",
    "checks",
    "sandbox",
    "results errors text",
)
"""The house from the top: what stands in `grader/`. A folder imports those below it, never above."""
INSIDE = "grader.sandbox.inside"
SHARED = {f"grader.sandbox.{name.removesuffix('.py')}" for name in SHARED_FILES}
"""What both sides of the wall use, and all that the jail shows of the grader beside `inside/`."""


@dataclass(frozen=True)
class Import:
    """One import statement's target; `late`: inside a function; `typing`: only for a type checker."""

    target: str
    late: bool
    typing: bool


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_name(path): path for path in sorted((ROOT / "grader").rglob("*.py"))}
MODULES = sorted(set(FILES) - {"grader"})
"""All but the package itself, whose names are for checks."""


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}


def imports_of(node: ast.AST, *, late: bool = False, typing: bool = False) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import(names):
                yield from (Import(name.name, late, typing) for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                for name in names:
                    full = f"{module}.{name.name}"
                    yield Import(full if full in FILES else module, late, typing)
            case ast.If(test=test) if "TYPE_CHECKING" in ast.unparse(test):
                yield from imports_of(child, late=late, typing=True)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield from imports_of(child, late=True, typing=typing)
            case _:
                yield from imports_of(child, late=late, typing=typing)


@cache
def imports() -> dict[str, list[Import]]:
    return {name: list(imports_of(tree)) for name, tree in trees().items()}


@cache
def needs() -> dict[str, set[str]]:
    """Module → the modules of this package that it needs when it runs, early or late."""
    return {
        name: {found.target for found in each if not found.typing and found.target.split(".")[0] == "grader"}
        for name, each in imports().items()
    }


def floor_of(name: str) -> int:
    """The number of the floor a module lives on, counted from the top."""
    place = name.split(".")[1]
    return next(number for number, rooms in enumerate(FLOORS) if place in rooms.split())


def who_needs(unwanted: Callable[[str, str], bool], names: Iterable[str]) -> dict[str, set[str]]:
    """Of these modules those that need something unwanted (module, what it needs), each with what that is."""
    found = {name: {target for target in needs()[name] if unwanted(name, target)} for name in names}
    assert found, "nobody was asked"
    return {name: targets for name, targets in found.items() if targets}


def test_the_imports_were_found() -> None:
    assert "grader.checks.compare" in needs()["grader.checks.expect"]
    assert "grader.grading.examiner" in needs()["grader.commands.run"]
    assert any(found.typing for found in imports()["grader.checks.check"])


def test_every_room_of_the_house_has_its_floor() -> None:
    rooms = {
        path.stem for path in (ROOT / "grader").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert rooms - {"__init__"} == set(" ".join(FLOORS).split())


def test_few_files_stand_beside_the_folders() -> None:
    assert len(list((ROOT / "grader").glob("*.py"))) <= 8


def test_a_folder_imports_those_below_it_never_above() -> None:
    assert not who_needs(lambda name, target: floor_of(target) < floor_of(name), MODULES)


def test_imports_go_round_in_no_circle() -> None:
    assert list(graphlib.TopologicalSorter(needs()).static_order())  # raises CycleError, which names the cycle


def test_every_import_names_the_module_it_means() -> None:
    through_package = {name for name, each in needs().items() if "grader" in each}
    assert not through_package, "the package's own names are for checks; inside, say where a thing lives"


def test_what_runs_inside_the_jail_imports_what_the_jail_holds() -> None:
    inside = [name for name in MODULES if name.startswith(INSIDE)]
    assert not who_needs(lambda _, target: not target.startswith(INSIDE) and target not in SHARED, inside)


def test_nobody_outside_the_sandbox_runs_what_is_inside_the_jail() -> None:
    outside = [name for name in MODULES if not name.startswith("grader.sandbox.")]
    assert not who_needs(lambda _, target: target.startswith(INSIDE), outside)


def test_a_report_is_rendered_without_asking_anyone() -> None:
    askers = ("grader.grading.runner", "grader.grading.session", "grader.sandbox.")
    reports = [name for name in MODULES if name.startswith("grader.reports")]
    assert not who_needs(lambda _, target: target.startswith(askers), reports)


def test_the_pages_table_of_the_house_is_what_the_folders_say_of_themselves() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for floor in FLOORS[1:-1]:
        for name, tree in trees().items():
            if name.startswith(f"grader.{floor}") and FILES[name].name == "__init__.py":
                row = f"| `{FILES[name].parent.relative_to(ROOT)}/` | {ast.get_docstring(tree)} |"
                assert row in page, f"docs/architecture.md should have the row: {row}"


def test_the_page_draws_the_floors_in_their_order() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawing = page.split("## Layers")[1].split("```")[1]
    drawn = [line.split("  ")[0].strip() for line in drawing.splitlines() if line.strip()]
    assert [" ".join(row.replace(",", "").split()) for row in drawn[1:]] == list(FLOORS)


def test_only_the_workers_side_imports_torch_when_it_is_imported() -> None:
    early = {
        name
        for name, each in imports().items()
        for found in each
        if not found.late and not found.typing and found.target.split(".")[0] in HEAVY
    }
    assert all(name.startswith(INSIDE) for name in early), early


def test_no_pickle_anywhere() -> None:
    unwanted = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
    assert not [(name, found) for name, each in imports().items() for found in each if found.target in unwanted]


def test_only_the_console_prints() -> None:
    found = []
    for name in set(FILES) - {"grader.commands.console"}:
        for node in ast.walk(trees()[name]):
            match node:
                case ast.Call(func=ast.Name("print")):
                    found.append(f"{name}:{node.lineno} prints")
                case ast.Attribute(ast.Name("sys"), "stdout" | "stderr") if not name.startswith(INSIDE):
                    found.append(f"{name}:{node.lineno} reaches for sys.{node.attr}")
    assert not found


LIGHT = """
import json, sys
sys.argv = ["grade", *json.loads(sys.argv[1])]
from grader import cli
code = None
if sys.argv[1:] != ["import only"]:
    try:
        cli.main()
    except SystemExit as end:
        code = end.code
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def loaded_by(*arguments: str, cwd: Path) -> tuple[int | None, set[str], str]:
    """The exit code, the modules that are loaded in the end, and what was printed."""
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, json.dumps(arguments)],
        capture_output=True, text=True, check=True, cwd=cwd, timeout=120,
    )  # fmt: skip
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, set(modules), done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import only"], ""),
        (["--help"], "grade ex13"),
        ([], "Gradient of sin"),
        (["board", "--format", "plain"], "not graded yet: ex13"),
        (["show", "13"], "Numbers may be Python floats"),
        (["start", "13"], "is yours to fill"),
        (["hint", "13"], "hint 1 of"),
        (["reset", "13"], "is the stub as it was handed out"),
        (["schema"], "schema_version"),
    ],
    ids=["importing it", "--help", "the board", "the board in words", "show", "start", "a hint", "reset", "the schema"],
)
def test_the_command_is_light(arguments: list[str], words: str, tmp_path: Path) -> None:
    name = "ex13_sin_gradient"
    exercise = shutil.copytree(ROOT / "exercises" / name, tmp_path / "exercises" / name)
    shutil.copytree(exercise, exercise / ".stub", ignore=lambda _, names: {n for n in names if n != f"{name}.py"})
    code, modules, printed = loaded_by(*arguments, cwd=tmp_path)
    assert code in (0, None)
    assert words in printed
    assert not modules & set(HEAVY)


WITHOUT = ("json", "typer", "rich", "msgspec", "pathlib", "importlib.metadata", "email", "subprocess", "socket")
"""What help does without; each would take as long as Python's own start, or longer."""


def test_help_imports_no_command_and_little_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "grader", "--help"],
        capture_output=True, text=True, check=True, cwd=tmp_path, timeout=120,
    )  # fmt: skip
    modules = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "grader.cli" in modules
    assert not modules & {*HEAVY, *WITHOUT}
    commands = {name for name in modules if name.startswith("grader.commands.")}
    assert commands == {f"grader.commands.{name}" for name in ("console", "exit_codes", "table")}


def test_everything_a_checks_author_imports_is_light_too(tmp_path: Path) -> None:
    source = "import sys; from grader import *; from grader import expect; print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True, cwd=tmp_path, timeout=120
    )
    assert done.stdout == "False\n"
