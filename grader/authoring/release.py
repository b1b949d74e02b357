"""The student's kit: exercises and their notebook twins, grader, what students read; no solutions, no hidden checks.

Of an exercise goes in what its checks are made of, and the stub: no backup of it, no compiled file, no student's work.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from grader.errors import UsageError
from grader.exercises.course import INSTALLED, Course
from grader.exercises.exercise import Exercise
from grader.exercises.files import Side
from grader.sandbox import extras
from grader.submissions.twins import twin

PACKAGE = Path(__file__).resolve().parents[1]
BLANK = PACKAGE / "authoring" / "blank"
_OF_THE_CHECKOUT = (
    "pyproject.toml",
    "LICENSE",
    "docs/students.md",
    "Dockerfile",
    ".dockerignore",
    ".devcontainer/devcontainer.json",
)
_DEPENDENCIES = re.compile(r"^(dependencies = \[.*?\n)\]$", re.MULTILINE | re.DOTALL)
_OF_THE_PACKAGE = (".py", ".json", ".typed", ".txt", ".toml", ".md", ".html", ".css", ".js", ".j2")
_PLAIN = re.compile(r"[\w./:@+~%#=&?,-]+")
_GITHUB = re.compile(
    r"(git\+)?https://github\.com/(?P<repository>[\w.-]+/[\w.-]+?)"
    r"(/archive/(refs/(heads|tags)/)?(?P<archive>[\w./-]+)\.zip|(\.git)?(@(?P<revision>[\w./-]+))?)$"
)
_PYTEST = (
    '\n[tool.pytest.ini_options]  # `pytest` shows each check as a test\ngrade = true\ntestpaths = ["exercises"]\n'
)
_IGNORED = b".venv/\n.grade/\n__pycache__/\n"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The same kit has the same bytes, whenever it is made."""

Kit = dict[str, bytes]
"""Path inside the kit, with slashes → content."""


def build(course: Course, title: str = "Exercises: Building Neural Networks with PyTorch", *, origin: str = "") -> Kit:
    """The kit of a course. `origin`: the folder, zip or URL that its notebooks are to install it from; "" for none.

    Raises:
        UsageError: if `origin` is none of these, or this grader is not installed from its own checkout, some of whose
            files the kit needs.
    """
    _check_origin(origin)
    exercises = course.exercises()
    kit: Kit = {"README.md": _readme(title, exercises).encode(), ".gitignore": _IGNORED}
    for name in _OF_THE_CHECKOUT:
        try:
            kit[name] = (PACKAGE.parent / name).read_bytes()
        except OSError:
            raise UsageError(
                f"{PACKAGE.parent} has no {name}, which the kit needs: install the grader from its checkout with "
                "`pip install -e .` and try again."
            ) from None
    kit[".vscode/tasks.json"] = (BLANK / "kit" / "tasks.json").read_bytes()
    kit["pyproject.toml"] = _project(kit["pyproject.toml"].decode(), exercises).encode()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and path.suffix in _OF_THE_PACKAGE and "__pycache__" not in path.parts:
            kit[f"grader/{path.relative_to(PACKAGE).as_posix()}"] = path.read_bytes()
    for exercise in exercises:
        kit |= _files_of(exercise, origin)
    return kit


def unpacked() -> Kit:
    """A new course: what students get of each exercise that came with this package, without the grader itself.

    Raises:
        UsageError: if none came with it.
    """
    home = INSTALLED if (INSTALLED / "exercises").is_dir() else PACKAGE.parent
    exercises = Course(home).exercises()
    if not exercises:
        raise UsageError(f"No exercises came with the grader in {PACKAGE}: install it from a wheel, a kit or a clone.")
    kit: Kit = {".gitignore": _IGNORED, ".vscode/tasks.json": (BLANK / "kit" / "tasks.json").read_bytes()}
    twins = not extras.missing(["jupytext", "nbformat"])
    for exercise in exercises:
        kit |= _files_of(exercise, twins=twins)
    return kit


def _files_of(exercise: Exercise, origin: str = "", *, twins: bool = True) -> Kit:
    """What students get of an exercise."""
    kit: Kit = {f"exercises/{exercise.id}/{f.name}": f.content for f in exercise.files() if f.side is Side.PUBLIC}
    handed_out = {exercise.stub_path: exercise.stub_path.read_bytes()}
    if twins:
        notebook = twin(exercise, origin, _badge(origin, exercise)).encode()
        handed_out[exercise.stub_path.with_suffix(".ipynb")] = notebook
    # Students work in the stub itself, or in its twin: `grade reset` takes them back to these second copies.
    for path, content in handed_out.items():
        second = exercise.pristine_path.with_suffix(path.suffix).relative_to(exercise.folder).as_posix()
        kit[f"exercises/{exercise.id}/{path.name}"] = kit[f"exercises/{exercise.id}/{second}"] = content
    return kit


def _check_origin(origin: str) -> None:
    """A notebook's line is expanded as a shell's is: what would mean something else there is refused."""
    if origin and not _PLAIN.fullmatch(origin):
        raise UsageError(f"--from {origin}: a folder, a .zip or a URL, without spaces, quotes, $ and brackets.")


def _badge(origin: str, exercise: Exercise) -> str:
    """Markdown that opens the notebook in Colab, which takes it from GitHub only; "" where the kit lies elsewhere."""
    found = _GITHUB.match(origin)
    if found is None:
        return ""
    place = f"{found['repository'].removesuffix('.git')}/blob/{found['archive'] or found['revision'] or 'main'}"
    notebook = f"exercises/{exercise.id}/{exercise.stub_path.with_suffix('.ipynb').name}"
    image = "https://colab.research.google.com/assets/colab-badge.svg"
    return f"[![Open in Colab]({image})](https://colab.research.google.com/github/{place}/{notebook})"


def check_target(out: Path) -> None:
    """Refuse to write where something is.

    Raises:
        UsageError: if there is.
    """
    if out.is_symlink() or out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise UsageError(f"{out} exists already: name a new folder or .zip, so that nothing is mixed with the kit.")


def write(kit: Mapping[str, bytes], out: Path) -> None:
    """Write the kit as a folder, or as a zip if `out` ends in .zip.

    Raises:
        UsageError: if something is there already, or it cannot be written.
    """
    check_target(out)
    try:
        if out.suffix == ".zip":
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(_zipped(kit))
            return
        for name, content in kit.items():
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}.") from None


def _zipped(kit: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(kit.items()):
            archive.writestr(zipfile.ZipInfo(f"exercises-kit/{name}", _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _project(text: str, exercises: Sequence[Exercise]) -> str:
    """The kit's pyproject.toml: everybody also gets the packages that these exercises need, and nothing else.

    What tools of this project's authors are told goes away; pytest is told to collect checks.
    """
    text = text.partition("\n[tool.pytest.ini_options]")[0] + _PYTEST
    packages = sorted({extras.declared_requirement(name) for exercise in exercises for name in exercise.packages})
    return _DEPENDENCIES.sub(
        lambda found: found[1] + "".join(f'    "{name}",\n' for name in packages) + "]", text, count=1
    )


def _readme(title: str, exercises: Sequence[Exercise]) -> str:
    rows = "\n".join(f"| [{e.id}](exercises/{e.id}/README.md) | {e.title} | {e.points:g} |" for e in exercises)
    label = exercises[0].id.split("_")[0]
    torchvision = " torchvision" if any("torchvision" in e.packages for e in exercises) else ""
    text = (BLANK / "kit" / "README.md").read_text(encoding="utf-8")
    return Template(text).substitute(title=title, exercises=rows, label=label, torchvision=torchvision)
