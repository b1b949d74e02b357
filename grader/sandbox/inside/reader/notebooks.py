"""Reads a notebook: its code cells in order, whatever has been done to the file. Nothing is executed.

A sound notebook of nbformat 4 is read in one pass that skips saved outputs without building them. What is older goes
through nbformat's own upgrade.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from grader.sandbox import omissions
from grader.sandbox.facts import TEXT_CAP, Cell, Program
from grader.sandbox.inside.reader import budget
from grader.sandbox.inside.reader.likeness import likeness
from grader.sandbox.inside.reader.programs import parsed
from grader.sandbox.inside.reader.unfit import Unfit

CODE_CAP: Final = 1 << 20
"""Bytes of all code cells together: as for a .py file."""
CELLS_CAP: Final = 500
"""Code cells. An exercise has some ten; each takes a few milliseconds to run."""
_REREAD_CAP: Final = 8 << 20
"""Bytes of a file that is read a second time, leniently, building all of it."""


class _Metadata(Struct):
    kernelspec: Any = None
    language_info: Any = None


class _FileCell(Struct):
    cell_type: str = ""
    source: str | list[str] = ""
    id: str | None = None


class _File(Struct):
    """What is read of the file; msgspec skips the rest, such as outputs."""

    nbformat: int = 4
    nbformat_minor: int = 0
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)
    cells: list[_FileCell] | None = None


def read_notebook(data: bytes) -> Program:
    """What an .ipynb file holds.

    Raises:
        Unfit: if there is nothing in it that could be graded.
    """
    if not data.strip():
        raise Unfit("Your notebook's file is empty: was it saved before you handed it in?")
    file, repairs = _file_of(data.removeprefix(b"\xef\xbb\xbf"))
    language = _language(file.metadata)
    if not language.casefold().startswith(("python", "ipython", "xpython")):
        raise Unfit(f"Your notebook is written for {language[:30]}: the exercises are in Python.")
    cells = [
        Cell(cell.cell_type, cell.source if isinstance(cell.source, str) else "".join(cell.source))
        for cell in file.cells or ()
    ]
    if file.nbformat_minor >= 5 or file.nbformat > 4:
        ids = [cell.id for cell in file.cells or ()]
        if None in ids or len(set(ids)) < len(ids):
            repairs.append("Some cells had no id of their own; they were told apart by their order.")
    _check_size([cell.source for cell in cells if cell.kind == "code" and cell.source.strip()])
    if sum(len(cell.kind) + len(cell.source) + 1 for cell in cells if cell.kind != "code") > TEXT_CAP:
        cells = [cell for cell in cells if cell.kind == "code"]
        repairs.append(f"Cells of text were left out: they hold more than {TEXT_CAP >> 20} MB.")
    return program_of(cells, repairs)


def program_of(cells: Sequence[Cell], repairs: Sequence[str] = ()) -> Program:
    """A notebook's cells as a program. Raises like `read_notebook`."""
    codes = [cell.source for cell in cells if cell.kind == "code" and cell.source.strip()]
    script = "\n\n".join(map(_as_python, codes)) + "\n"
    source = script.encode("utf-8", "backslashreplace")
    return Program(source=source, likeness=likeness(parsed(script), source), cells=list(cells), repairs=list(repairs))


def _language(metadata: _Metadata) -> str:
    for table, key in ((metadata.kernelspec, "language"), (metadata.language_info, "name")):
        if isinstance(table, dict) and isinstance(found := table.get(key), str) and found:
            return found
    return "python"


def _check_size(codes: Sequence[str]) -> None:
    if not codes:
        raise Unfit("Your notebook has no code in it: was it saved before you handed it in?")
    if len(codes) > CELLS_CAP:
        raise Unfit(
            f"Your notebook has {len(codes):,} code cells, and the grader runs {CELLS_CAP} at most: "
            "hand in the cells of this exercise only."
        )
    size = sum(len(source.encode("utf-8", "replace")) for source in codes)
    if size > CODE_CAP:
        raise Unfit(
            f"The code in your notebook is {size / (1 << 20):.1f} MB, and a solution is a few kilobytes: "
            "did you paste data into it?"
        )


def _file_of(data: bytes) -> tuple[_File, list[str]]:
    try:
        file = msgspec.json.decode(data, type=_File)
        if file.nbformat >= 4 and file.cells is not None:
            return file, []
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    return _reread(data)


def _reread(data: bytes) -> tuple[_File, list[str]]:
    """A file that is no notebook of today: an older one, one with odd fields, or none at all."""
    if len(data) > _REREAD_CAP:
        raise Unfit("Your notebook cannot be read as it is: clear its outputs (Clear All Outputs) and save it again.")
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text)
    except UnicodeDecodeError:
        raise Unfit("Your notebook is not UTF-8 text: save it again from Jupyter.") from None
    except RecursionError:
        raise Unfit("Your notebook is nested too deeply to be one: save it again from Jupyter.") from None
    except ValueError as error:
        raise Unfit(_why_not_json(text, error)) from None
    if not isinstance(found, dict) or not ("cells" in found or "worksheets" in found):
        raise Unfit("Your file is no notebook: it has no cells. Save it again from Jupyter.")
    repairs = []
    if not isinstance(found.get("cells"), list):
        found = _upgrade(found)
        repairs.append("The notebook was saved in an old format and was brought up to date to be graded.")
    file = _File(nbformat_minor=4, cells=[_lenient_cell(cell) for cell in found["cells"]])
    if not repairs:
        repairs.append("Parts of the notebook's file were damaged; its cells could still be read.")
    return file, repairs


def _upgrade(found: dict[str, Any]) -> dict[str, Any]:
    with budget.ours():
        with omissions.without(omissions.ADDRESSES):
            import nbformat
        for made in (nbformat.v3.new_notebook(), nbformat.v4.new_notebook()):
            nbformat.validate(made)  # compiles the schema, and looks at nothing of a student's
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            upgraded: dict[str, Any] = nbformat.convert(nbformat.from_dict(found), 4)
        if not isinstance(upgraded["cells"], list):
            raise TypeError
    except Exception:  # whatever nbformat makes of a file that is not even an old notebook
        raise Unfit("Your notebook is in an old format, and damaged: open it in Jupyter and save it again.") from None
    return upgraded


def _lenient_cell(cell: Any) -> _FileCell:
    if not isinstance(cell, dict):
        return _FileCell()
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    text = "".join(line for line in lines if isinstance(line, str))
    return _FileCell(_whole(str(cell.get("cell_type", ""))), _whole(text))


def _whole(text: str) -> str:
    """Text with half characters written as Python writes them: JSON may hold them, but no file and no message can."""
    return text.encode("utf-8", "backslashreplace").decode()


def _why_not_json(text: str, error: ValueError) -> str:
    if re.search(r"^<{7} |^>{7} ", text, re.MULTILINE):
        return "Your notebook holds the marks of an unfinished merge (<<<<<<<): finish the merge and save it again."
    # A larger one is no solution either, and Python's parser needs some 500 times the memory of what it parses.
    # With one comma too many a notebook is a dict of Python's, too.
    if len(text) <= CODE_CAP and not text.lstrip().startswith("{") and _is_python(text):
        return "Your file is a Python file by its contents: let its name end in .py instead of .ipynb."
    line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
    return f"Your notebook's file is damaged{line}: open it in Jupyter, or an earlier copy of it, and save it again."


def _is_python(text: str) -> bool:
    """Raises Unfit if it is Python that nobody can read."""
    tree = parsed(text)
    return tree is not None and bool(tree.body)


def _as_python(source: str) -> str:
    if _is_python(source):
        return source
    if any(mark in source for mark in "%!?"):
        without_magics = "\n".join(map(_without_magic, source.splitlines()))
        if not source.lstrip().startswith("%%") and _is_python(without_magics):
            return without_magics
    return "\n".join(f"# {line}" for line in source.splitlines())


def _without_magic(line: str) -> str:
    rest = line.lstrip()
    indent = line[: len(line) - len(rest)]
    return f"{indent}pass  # {rest}" if rest.startswith(("%", "!", "?")) or rest.endswith("?") else line
