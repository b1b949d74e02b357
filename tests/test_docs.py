"""What the pages say is so: every command in them is run, as a reader would, and every link leads somewhere."""

from __future__ import annotations

import argparse
import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import documents
import pytest
import yaml
from conftest import ROOT
from documents import (
    KIT,
    PAGES,
    SUBCOMMANDS,
    Fence,
    Session,
    Step,
    fences_of,
    headings_of,
    inline_of,
    steps_of,
    unknown_in,
)
from typed import lend

from grader.authoring import release
from grader.exercises.course import Course
from grader.grading import secret
from grader.sandbox.host import Sandbox

SMALL = ("ex05_inplace_errors", "ex13_sin_gradient", "ex14_dense")
LANGUAGES = ("sh", "console", "python", "toml", "yaml", "text", "markdown")
DRAWN = 11
"""The seed that every command draws here, which the pages show, too."""

# --- folders like the readers' own ------------------------------------------------------------------------------------


def course(folder: Path) -> None:
    """An instructor's: three exercises, each with some of the work that it is proven by, and a class that handed in."""
    for name in SMALL:
        shutil.copytree(ROOT / "exercises" / name, folder / "exercises" / name)
        shutil.copytree(ROOT / "solutions" / name, folder / "solutions" / name)
        for side in ("right", "wrong"):
            for path in sorted((folder / "solutions" / name / side).glob("*.py"))[1:]:
                path.unlink()
    shutil.copytree(ROOT / "examples", folder / "examples")
    for name in ("submissions", "SUBMISSIONS"):
        shutil.copytree(ROOT / "examples" / "class", folder / name)
    (folder / "submissions" / "ada").rename(folder / "submissions" / "Lee Kim")
    bob = ROOT / "examples" / "class" / "bob" / "ex13_sin_gradient.py"
    for name in ("ex13_sin_gradient.py", "odd_name.py"):
        (folder / "path" / "to").mkdir(parents=True, exist_ok=True)
        shutil.copy(bob, folder / "path" / "to" / name)
    as_clone(folder)


def as_clone(folder: Path) -> None:
    """Under git, which then knows the stubs as they were."""
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]):
        subprocess.run(["git", *command], cwd=folder, check=True, timeout=120)


def kit(folder: Path) -> None:
    """A student's."""
    release.write(release.build(Course(ROOT)), folder)
    (folder / "trial").mkdir()
    (folder / "best.pt").write_bytes(b"PK\x03\x04")


def one_exercise(folder: Path) -> None:
    """A new author's: a course that has begun."""
    for side in ("exercises", "solutions"):
        shutil.copytree(ROOT / side / SMALL[1], folder / side / SMALL[1])


FOLDERS: dict[str, Callable[[Path], None]] = {
    "README.md": course,
    "CHANGELOG.md": one_exercise,
    "CONTRIBUTING.md": one_exercise,
    "SECURITY.md": one_exercise,
    "docs/architecture.md": one_exercise,
    "docs/authoring.md": one_exercise,
    "docs/classes.md": course,
    "docs/instructors.md": course,
    "docs/marks.md": course,
    "docs/reports.md": course,
    "docs/security.md": one_exercise,
    "docs/students.md": kit,
    KIT: kit,
}

# --- what happens between two commands --------------------------------------------------------------------------------


def half_right(session: Session) -> None:
    session.write(
        "ex13_sin_gradient.py",
        "def sin_x2y(x, y):\n    return x\n\n\ndef gradient_at(x, y):\n    return 1.48986, 0.262917\n",
    )


def solved(session: Session) -> None:
    shutil.copy(ROOT / "solutions" / "ex13_sin_gradient" / "ex13_sin_gradient.py", session.folder)


def solved_first(session: Session) -> None:
    shutil.copy(ROOT / "solutions" / "ex01_beyond_numpy" / "ex01_beyond_numpy.py", session.folder)


def unpacked(session: Session) -> None:
    """As the page says; Python's own zipfile would forget which files can be run."""
    with zipfile.ZipFile("autograder.zip") as archive:
        archive.extractall("TRY/source")
    (session.folder / "TRY" / "source" / "run_autograder").chmod(0o755)
    (session.folder / "TRY" / "submission").mkdir()
    shutil.copy(session.folder / "submissions" / "bob" / "ex13_sin_gradient.py", "TRY/submission")


MEANWHILE: dict[tuple[str, str], Sequence[Callable[[Session], None] | None]] = {
    # For each time that the command stands on the page, what is done before it.
    ("README.md", "grade submit"): [solved],
    (KIT, "grade submit"): [solved_first],
    ("docs/students.md", "grade ex13"): [half_right, solved],
    ("docs/reports.md", "AUTOGRADER_ROOT=$PWD/TRY AUTOGRADER_PYTHON=$(which python) TRY/source/run_autograder && "
                        "cat TRY/results/results.json"): [unpacked],
}  # fmt: skip

# --- how commands end -------------------------------------------------------------------------------------------------

NOT_ALL = {
    "README.md": (
        "grade ex13", "grade submissions/*/ex14_dense.py", "grade class submissions/ -o results/",
        "grade examples/class/bob/ex13_sin_gradient.py",
    ),
    "docs/classes.md": (
        "grade class SUBMISSIONS -o RESULTS", "grade class SUBMISSIONS -o RESULTS --only ada --fresh",
        "grade class SUBMISSIONS -o RESULTS --exercise ex13 --fresh", "grade class SUBMISSIONS -o RESULTS --fresh",
        "grade class --reports-only RESULTS --reveal all",
    ),
    "docs/instructors.md": (
        "grade class submissions/ -o results/", "grade class --reports-only results/ --reveal none",
        "grade class --reports-only results/",
        'grade class submissions/ -o results/ --only "Lee Kim" --fresh',
        "grade class submissions/ -o results/ --exercise ex13 --fresh",
        "grade submissions/*/ex14_dense.py --format json --output report.json",
        "grade path/to/ex13_sin_gradient.py --seed 1234", "grade path/to/odd_name.py --exercise ex13",
        "grade ex13 --public", "grade ex13 --format junit --reveal titles",
    ),
    "docs/marks.md": (
        "grade class submissions/ -o results/", "grade class --reports-only results/",
        "grade regrade results/ bob ex13",
    ),
    KIT: ("grade ex01",),
    "docs/reports.md": (
        "grade ex13 --format json --output report.json",
        "grade class submissions/ -o results/ --gradebook canvas --gradebook moodle",
        "grade class --reports-only results/ --gradebook gradescope", "grade class submissions/ -o results/",
    ),
    "docs/authoring.md": ("grade solutions/ex16_softmax/wrong/overflows.py --exercise ex16",),
    "docs/students.md": (
        "grade data", "grade trial/ex13_sin_gradient.ipynb",
        "grade ex15", "grade ex15 --format html --output ex15.html",
    ),
}  # fmt: skip
"""Commands that end with 1, by what they say: not all passed, or something is not there."""
ENDS = {(page, command): 1 for page, commands in NOT_ALL.items() for command in commands}
AT_TIMES = {("docs/students.md", "grade ex13"): {0}, ("docs/authoring.md", "grade verify ex16"): {1},
            ("docs/authoring.md", "grade mutants ex16"): {0}}  # fmt: skip
"""Which of the times that such a command stands on the page it ends with 1."""
KEYS = "l\nq\n"
"""What is typed into `grade watch`, which waits for it."""


def ends_as(step: Step, times: int) -> set[int]:
    if step.command == "grade doctor":
        return {0, 1}  # as the machine is
    if (those := AT_TIMES.get((step.page, step.command))) is not None:
        return {1} if times in those else {0}
    return {ENDS.get((step.page, step.command), 0)}


# --- what cannot be run here, and how it is looked at instead ---------------------------------------------------------


def installs_and_grades_the_class(command: str) -> None:
    assert list(ROOT.glob("examples/class/*/*.py"))
    assert command.endswith("pip install -q -e '.[instructors]' && .venv/bin/grade examples/class/*/*.py")


def installs_and_tests(command: str) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert "'.[test]'" in command
    assert "pytest" in " ".join(extras["test"])


def installs_what_is_pinned(command: str) -> None:
    (constraints,) = re.findall(r" -c (\S+) ", command)
    assert (ROOT / constraints).is_file()
    assert "'.[test]'" in command


def installs_the_kit(command: str) -> None:
    assert subprocess.run(["bash", "-n", "-c", command], check=False, timeout=120).returncode == 0
    assert "pyproject.toml" in release.build(Course(ROOT))


def names_torchs_own_index(command: str) -> None:
    assert command.endswith("--index-url https://download.pytorch.org/whl/cpu")


def has_the_extra(command: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (name, extra), = re.findall(r"'([\w-]+)\[(\w+)\]'", command)  # fmt: skip
    assert name == project["name"]
    assert extra in project["optional-dependencies"]


def is_a_script(command: str) -> None:
    done = subprocess.run(["bash", "-n"], input=command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.strip() for line in command.splitlines()]
    options_exist(next(line for line in lines if line.startswith("grade ")))


def options_exist(command: str) -> None:
    assert unknown_in(command) == []


NOT_RUN: dict[str, tuple[str, Callable[[str], None]]] = {
    "python3 -m venv .venv && .venv/bin/python -m pip install -q -e '.[instructors]' && "
    ".venv/bin/grade examples/class/*/*.py": (
        "fetches 5.5 GB; its last part is run by test_the_small_class_is_graded", installs_and_grades_the_class,
    ),
    "python3 -m venv .venv && .venv/bin/python -m pip install -q -e '.[test]' && .venv/bin/python -m pytest": (
        "is how continuous integration runs this very test", installs_and_tests,
    ),
    "python3 -m venv .venv && .venv/bin/python -m pip install -q -c constraints.txt -e '.[test]'": (
        "fetches 5.5 GB; .ci/run installs with the same constraints", installs_what_is_pinned,
    ),
    **dict.fromkeys(
        ("python3 -m venv .venv", ". .venv/bin/activate", "python -m pip install -q -e ."),
        ("fetches 5.5 GB; test_release.py installs the kit, with packages that are lent", installs_the_kit),
    ),
    "pip install 'torch-exercise-grader[cluster]'": ("fetches packages", has_the_extra),
    **dict.fromkeys(
        ("python -m pip install torch torchvision --index-url https://download.pytorch.org/whl/cpu",),
        ("fetches from where only torch's CPU builds are", names_torchs_own_index),
    ),
    "grade class SUBMISSIONS -o RESULTS --cluster tcp://SCHEDULER:8786": (
        "needs a scheduler; test_cluster.py starts one", options_exist,
    ),
    "#!/bin/bash": ("is for SLURM's batch system", is_a_script),
    "grade data --fetch": ("downloads 11 MB; test_data.py fetches from a server of its own", options_exist),
    "grade ex15 --checkpoint best.pt": ("needs a model that was trained; test_checkpoints.py has some", options_exist),
    "grade desk results/": ("serves until it is stopped; test_desk.py works on it", options_exist),
    "pip install 'torch-exercise-grader[desk]'": ("fetches packages", has_the_extra),
    "grade verify": ("takes minutes; test_verify.py proves every exercise", options_exist),
}  # fmt: skip


PROGRAMS = ("grade", "cd", "rm", "sed", "AUTOGRADER_ROOT=$PWD/TRY")
"""How a line begins that is run as it stands. Whatever else a page says must be accounted for in NOT_RUN."""


def not_run(command: str) -> tuple[str, Callable[[str], None]] | None:
    return NOT_RUN.get(command) or NOT_RUN.get(command.splitlines()[0])


# --- every command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def session(tmp_path: Path, best_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Session:
    folder = tmp_path / "course"
    folder.mkdir()
    lend(lambda: best_sandbox, monkeypatch)
    monkeypatch.setattr(secret.secrets, "randbelow", lambda _: DRAWN)
    return Session(folder, monkeypatch)


def test_every_page_has_its_readers_folder() -> None:
    assert set(PAGES) == set(FOLDERS)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_does_what_the_page_says(page: str, session: Session) -> None:
    FOLDERS[page](session.folder)
    times: dict[str, int] = {}
    for fence in fences_of(page):
        assert fence.language in LANGUAGES, f"{page}:{fence.line}: say the block's language, one of {LANGUAGES}"
        if fence.path:
            session.write(fence.path, fence.content)
        look_at(fence)
        for step in steps_of(fence):
            if found := not_run(step.command):
                found[1](step.command)
            else:
                do(step, session, times.setdefault(step.command, 0))
                times[step.command] += 1


def do(step: Step, session: Session, times: int) -> None:
    where = f"{step.page}:{step.line}: {step.command}"
    assert step.command.split()[0] in PROGRAMS, f"{where}\nis neither run nor looked at in another way"
    before = MEANWHILE.get((step.page, step.command), [])
    if times < len(before) and (act := before[times]):
        act(session)
    code, output = session.run(step.command, KEYS if step.command.startswith("grade watch") else "")
    assert code in ends_as(step, times), f"{where}\nended with {code}:\n{output}"
    assert "Traceback" not in output, f"{where}\n{output}"
    if step.shown:
        said = documents.plain(output)
        if not documents.pattern_of(step.shown).fullmatch(said):
            pytest.fail(f"{where}\nsays:\n{output}\nand not:\n{step.shown}", pytrace=False)


def look_at(fence: Fence) -> None:
    """Blocks that are no commands: they can be read as what they say they are, and hide no command."""
    match fence.language:
        case "python":
            ast.parse(fence.content)
        case "toml":
            tomllib.loads(fence.content)
        case "yaml":
            yaml.safe_load(fence.content)
    if fence.language not in ("sh", "console"):
        assert not re.search(r"^(\$ |grade )", fence.content, re.MULTILINE), f"{fence.page}:{fence.line}"


def test_the_small_class_is_graded(session: Session) -> None:
    course(session.folder)
    code, output = session.run("grade examples/class/*/*.py")
    assert code == 1, "not everything passes"
    assert output.count("examples/class/") == 10, "one line for each in the summary"


@pytest.mark.parametrize("command", NOT_RUN)
def test_nothing_is_excused_that_no_page_says(command: str) -> None:
    steps = [step for page in PAGES for fence in fences_of(page) for step in steps_of(fence)]
    spans = [token.content for page in PAGES for token in inline_of(page) if token.type == "code_inline"]
    assert command in {step.command.splitlines()[0] for step in steps} | set(spans)


@pytest.mark.parametrize(("page", "command"), [*ENDS, *AT_TIMES, *MEANWHILE])
def test_nothing_is_provided_for_that_no_page_says(page: str, command: str) -> None:
    assert command in [step.command for fence in fences_of(page) for step in steps_of(fence)]


# --- words in the text ------------------------------------------------------------------------------------------------


def spans_of(page: str) -> list[str]:
    return [" ".join(token.content.split()) for token in inline_of(page) if token.type == "code_inline"]


def commands_of(page: str) -> list[str]:
    """Every `grade …` of a page, in a block or in its text."""
    steps = [line for fence in fences_of(page) for step in steps_of(fence) for line in step.command.splitlines()]
    return [text for text in (*steps, *spans_of(page)) if text.startswith("grade ") or text == "grade"]


@pytest.mark.parametrize("page", PAGES)
def test_every_option_that_is_spoken_of_exists(page: str) -> None:
    for command in commands_of(page):
        assert unknown_in(command) == [], command
    known = {option for of_one in documents.OPTIONS.values() for option in of_one} | documents.OWN_OPTIONS
    others = {"--no-nanny", "--resources", "--nthreads", "--no-dashboard", "--no-deps", "--minutes"}
    for span in spans_of(page):
        if span.startswith("--"):
            assert span.split()[0] in known | others, span


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_spoken_of_exists(page: str) -> None:
    exercises = re.compile(r"(ex\d+\w*|lab\d+\w*|all|labs|\d+|\S+\.(py|ipynb)|submissions/\S+|--.*|ID|…)")
    for command in commands_of(page):
        words = command.split()[1:]
        assert not words or words[0] in SUBCOMMANDS or exercises.fullmatch(words[0]), command


@pytest.mark.parametrize("command", sorted(SUBCOMMANDS))
def test_every_command_is_spoken_of(command: str) -> None:
    assert any(words.split()[1:2] == [command] for page in PAGES for words in commands_of(page))


@pytest.mark.parametrize("page", PAGES)
def test_benchmarks_that_are_spoken_of_are_there(page: str) -> None:
    programs = {span.split()[1] for span in spans_of(page) if span.startswith("python benchmarks/")}
    for program in programs:
        source = (ROOT / program).read_text(encoding="utf-8")
        assert 'if __name__ == "__main__":' in source
        if argparse.__name__ in source:
            subprocess.run([sys.executable, program, "--help"], cwd=ROOT, check=True, capture_output=True, timeout=120)
    assert programs or page != "README.md"


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_spoken_of_are_there(page: str) -> None:
    folders = ("grader/", "tests/", "benchmarks/", "examples/", "docs/", "ci-templates/", ".ci/")
    for span in spans_of(page):
        if span.startswith(folders) and " " not in span and not set("<>*…") & set(span):
            assert (ROOT / span).exists(), span


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    targets = [str(token.attrs["href"]) for token in inline_of(page) if token.type == "link_open"]
    for target in targets:
        if target.startswith(("https://", "http://")):
            continue
        file, _, anchor = target.partition("#")
        base = ROOT / ("README.md" if page == KIT else page)
        path = base.parent / file if file else base
        assert path.exists(), target
        if anchor:
            assert anchor in headings_of(path.resolve().relative_to(ROOT).as_posix()), target


def test_the_readme_leads_to_every_page() -> None:
    linked = {str(token.attrs["href"]) for token in inline_of("README.md") if token.type == "link_open"}
    assert {page for page in PAGES if page not in ("README.md", KIT)} <= linked


def test_a_package_stands_in_the_table_once() -> None:
    table = documents.text_of("README.md").partition("| package | why |")[2]
    rows = re.findall(r"^\| ([a-z][^|]+) \|", table, re.MULTILINE)
    names = [name for row in rows for name in re.findall(r"[a-z][\w-]+", re.sub(r"\(.*?\)|for \w+:?", "", row))]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    for requirement in wanted:
        name = re.match(r"[\w-]+", requirement)
        assert name
        if name[0] == project["name"]:
            continue
        assert names.count(name[0]) == 1 or name[0] == "distributed", requirement


def test_the_table_of_the_chapter_names_every_lab_and_exercise_once() -> None:
    page = (ROOT / "docs" / "students.md").read_text(encoding="utf-8")
    table = page.split("## Which exercise belongs to which section")[1].split("\n## ")[0]
    named = re.findall(r"\b(?:lab|ex)\d+\b", "".join(line for line in table.splitlines() if line.startswith("|")))
    assert sorted(named) == sorted(exercise.label for exercise in Course(ROOT).exercises())
