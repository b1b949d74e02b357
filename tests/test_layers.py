"""Imports go downwards, the worker knows nothing of the trusted side, and the command is light."""

from __future__ import annotations

import ast
import graphlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("torch", "numpy", "sklearn", "torchvision", "torchmetrics", "optuna", "matplotlib")
TRUSTED_IN_SANDBOX = {"grader.sandbox.host", "grader.sandbox.forked", "grader.sandbox.basic"}
SHARED_IN_SANDBOX = {
    "grader.sandbox.wire",
    "grader.sandbox.limits",
    "grader.sandbox.removal",
    "grader.sandbox.apparatus",
}
"""What both sides use: data types, how to tidy up, and what training is tried on; nothing else."""
COMMANDS = ("grader.cli", "grader.commands")
"""What a person types comes in here: the top of the house."""
PURE = {
    f"grader.{name}"
    for name in (
        *("errors", "results", "evidence", "compare", "expect", "expression", "inputs", "checks", "explain"),
        *("reveal", "class_record", "class_statistics", "conceal"),
    )
}
"""They compute; they know of no process, file or exercise."""


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
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}


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


IMPORTS = {name: list(imports_of(tree)) for name, tree in TREES.items()}
NEEDS = {
    name: {found.target for found in imports if not found.typing and found.target.split(".")[0] == "grader"}
    for name, imports in IMPORTS.items()
}
"""Module → the modules of this package that it needs when it runs, early or late."""


def test_the_imports_were_found() -> None:
    assert "grader.compare" in NEEDS["grader.expect"]
    assert "grader.runner" in NEEDS["grader.commands.run"]
    assert any(found.typing for found in IMPORTS["grader.checks"])


def test_imports_go_downwards_only() -> None:
    assert list(graphlib.TopologicalSorter(NEEDS).static_order())  # raises CycleError, which names the cycle


def test_every_import_names_the_module_it_means() -> None:
    through_package = {name for name, needs in NEEDS.items() if "grader" in needs}
    assert not through_package, "the package's own names are for checks; inside, say where a thing lives"


def test_nothing_imports_the_commands() -> None:
    for name, needs in NEEDS.items():
        if not name.startswith(COMMANDS):
            assert not [target for target in needs if target.startswith(COMMANDS)]


@pytest.mark.parametrize("name", sorted(n for n in FILES if n.startswith("grader.sandbox")))
def test_the_sandbox_imports_nothing_of_the_trusted_side(name: str) -> None:
    outside = {target for target in NEEDS[name] if not target.startswith("grader.sandbox")}
    assert outside <= ({"grader.errors"} if name in TRUSTED_IN_SANDBOX else set())
    assert name in TRUSTED_IN_SANDBOX or not TRUSTED_IN_SANDBOX & NEEDS[name]


@pytest.mark.parametrize("name", sorted(n for n in FILES if not n.startswith("grader.sandbox")))
def test_the_trusted_side_runs_none_of_the_workers_code(name: str) -> None:
    inside = {target for target in NEEDS[name] if target.startswith("grader.sandbox")}
    assert inside <= TRUSTED_IN_SANDBOX | SHARED_IN_SANDBOX


@pytest.mark.parametrize("name", sorted(PURE))
def test_a_pure_module_needs_pure_modules_only(name: str) -> None:
    assert NEEDS[name] <= PURE | {"grader.sandbox.wire"}


@pytest.mark.parametrize("name", sorted(n for n in FILES if n.startswith("grader.reports.")))
def test_a_report_is_rendered_without_asking_anyone(name: str) -> None:
    assert not NEEDS[name] & {"grader.runner", "grader.session", "grader.isolation", "grader.student"}
    assert not [target for target in NEEDS[name] if target.startswith("grader.sandbox")]


@pytest.mark.parametrize("name", sorted(FILES))
def test_only_the_workers_side_imports_torch_when_it_is_imported(name: str) -> None:
    early = {found.target.split(".")[0] for found in IMPORTS[name] if not found.late and not found.typing}
    workers_side = name.startswith("grader.sandbox.") and name not in TRUSTED_IN_SANDBOX | SHARED_IN_SANDBOX
    assert workers_side or not early & set(HEAVY)


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_pickle_anywhere(name: str) -> None:
    assert not {found.target for found in IMPORTS[name]} & {
        "pickle",
        "marshal",
        "shelve",
        "dill",
        "cloudpickle",
        "joblib",
    }


@pytest.mark.parametrize("name", sorted(n for n in FILES if n != "grader.commands.console"))
def test_only_the_console_prints(name: str) -> None:
    workers_side = name.startswith("grader.sandbox.") and name not in TRUSTED_IN_SANDBOX
    for node in ast.walk(TREES[name]):
        match node:
            case ast.Call(func=ast.Name("print")):
                pytest.fail(f"{name}:{node.lineno} prints")
            case ast.Attribute(ast.Name("sys"), "stdout" | "stderr") if not workers_side:
                pytest.fail(f"{name}:{node.lineno} reaches for sys.{node.attr}")


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
print(json.dumps([code, sorted(name for name in sys.modules if "." not in name)]), file=sys.stderr)
"""


def loaded_by(*arguments: str, cwd: Path) -> tuple[int | None, set[str], str]:
    """The exit code, the modules that are loaded in the end, and what was printed."""
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, json.dumps(arguments)],
        capture_output=True, text=True, check=True, cwd=cwd, timeout=60,
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


def test_everything_a_checks_author_imports_is_light_too(tmp_path: Path) -> None:
    source = "import sys; from grader import *; from grader import expect; print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True, cwd=tmp_path, timeout=60
    )
    assert done.stdout == "False\n"
