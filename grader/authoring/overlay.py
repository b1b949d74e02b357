"""A wrong/ file shows the mistake: it is an overlay, which holds only what differs from a program that is right.

    # fails: known_rows — "Each column adds up to 1"
    # base: solution
    def softmax(logits):
        return logits.softmax(dim=0)

The first line is the promise that `grade verify` holds the file to. The second names the base: `solution`, which is the
reference solution, a file of right/, such as `right/plain.py`, or `none` for a program that stands alone. `splice` says
how the two become one program. After `# base: solution, graded with --budget 2` that option of the exercise's is given.

Everything that reads wrong/ gets the whole program from here; it begins with the promise, too. What a report says of
line 9 means the ninth line of the program that `grade verify --show` prints.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, Final

from grader.authoring.splice import splice
from grader.errors import AuthoringError
from grader.exercises.exercise import Exercise
from grader.exercises.options import Misspelt
from grader.submissions.work import Work, read_stream

_BASE: Final = re.compile(
    r"# base: (?P<name>solution|right/\w+\.py|none)(, graded with(?P<options>( --[a-z][a-z0-9-]* [^\s-]\S*)+))?\s*"
)
_FORM: Final = "# base: solution, # base: right/NAME.py, or # base: none for a program that stands alone"
_HEADER: Final = 2
"""Lines above an overlay's first statement: the promise and the base."""


def is_wrong(exercise: Exercise, path: Path) -> bool:
    """Whether a file lies in the exercise's wrong/ folder."""
    folder = exercise.solution_folder
    return folder is not None and path.resolve().parent == (folder / "wrong").resolve()


def base_of(exercise: Exercise, path: Path) -> Path | None:
    """The program that a wrong/ file changes; None if it stands alone.

    Raises:
        AuthoringError: if its second line does not say, or names what is not there.
    """
    assert exercise.solution_folder is not None
    name = _second_line(path)["name"]
    if name == "none":
        return None
    base = exercise.solution_folder / (exercise.stub if name == "solution" else name)
    if not base.is_file():
        raise AuthoringError(f"{path}: its base {base} is not there.")
    return base


def options_of(exercise: Exercise, path: Path) -> dict[str, Any]:
    """The exercise's options that a wrong/ file is to be graded with, beside what the command was given.

    Raises:
        AuthoringError: if the exercise declares no such option, or the value is none.
    """
    words = (_second_line(path)["options"] or "").split()
    given = {}
    for name, value in zip((word.removeprefix("--") for word in words[::2]), words[1::2], strict=True):
        if name not in exercise.options:
            raise AuthoringError(f"{path}: {exercise.id} has no option --{name}.")
        try:
            given[name] = exercise.options[name].read(value)
        except Misspelt as error:
            raise AuthoringError(f"{path}: {error}") from None
    return given


def _second_line(path: Path) -> re.Match[str]:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n", _HEADER)
    if (match := _BASE.fullmatch(lines[1] if len(lines) > 1 else "")) is None:
        raise AuthoringError(f"{path}: the second line must say which program this file changes: {_FORM}.")
    return match


def program(exercise: Exercise, path: Path) -> bytes:
    """The whole program that a wrong/ file stands for.

    Raises:
        AuthoringError: if the file does not say its base, or cannot be spliced into it.
    """
    if (base := base_of(exercise, path)) is None:
        return path.read_bytes()
    try:
        overlay = path.read_text(encoding="utf-8")
        whole = splice(base.read_text(encoding="utf-8"), overlay, _HEADER)
    except (AuthoringError, UnicodeDecodeError) as error:
        raise AuthoringError(f"{path}: {error}") from None
    promise = overlay.split("\n", 1)[0]
    return f"{promise}\n{whole}".encode()


def work(exercise: Exercise, path: Path) -> Work:
    """The whole program that a wrong/ file stands for, as a submission of the file's name; see `program`."""
    return read_stream(path.name, io.BytesIO(program(exercise, path)), str(path))
