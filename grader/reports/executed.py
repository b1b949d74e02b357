"""The executed notebook, for an instructor to read: its cells, what they put out as the worker says, and the report.

What could run a script when the file is opened is left out: of outputs only text and pictures are kept, of metadata
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from grader.reports import terminal
from grader.results import Report
from grader.submissions.notebooks import Notebook

SAFE: Final = ("text/plain", "image/png", "image/jpeg")
"""Kinds of data that no viewer executes."""


class _Output(Struct):
    """An output as nbformat 4 defines it, as far as it is kept."""

    output_type: str
    name: str = "stdout"
    text: str | list[str] = ""
    data: dict[str, Any] = {}
    ename: str = ""
    evalue: str = ""
    traceback: list[str] = []


_decoder = msgspec.json.Decoder(list[_Output])


def render(notebook: Notebook, outputs: Sequence[bytes], report: Report) -> str:
    """The notebook as JSON, nbformat 4.5, ending in a cell with the report.

    Args:
        notebook: what was executed.
        outputs: of each code cell that ran, in order, as JSON; taken for data from a stranger.
        report: of this notebook.
    """
    left = iter(outputs)
    cells: list[dict[str, Any]] = []
    count = 0
    for cell in notebook.all_cells:
        if cell.kind == "code" and cell.source.strip():
            count += 1
            cells.append(_code_cell(cell.source, count, _read(next(left, b""))))
        elif cell.kind == "code":
            cells.append(_code_cell(cell.source, None, []))
        else:
            cells.append({"cell_type": "markdown" if cell.kind == "markdown" else "raw", "source": cell.source})
    text = terminal.as_text(terminal.render(report))
    cells.append({"cell_type": "raw", "source": f"The grader's report:\n\n{text}"})
    for number, made in enumerate(cells):
        made |= {"id": f"cell-{number}", "metadata": {}}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    document = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1) + "\n"


def _code_cell(source: str, count: int | None, outputs: list[_Output]) -> dict[str, Any]:
    shown = [made for output in outputs if (made := _shown(output, count))]
    return {"cell_type": "code", "source": source, "execution_count": count, "outputs": shown}


def _read(data: bytes) -> list[_Output]:
    try:
        return _decoder.decode(data) if data else []
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []


def _shown(output: _Output, count: int | None) -> dict[str, Any] | None:
    match output.output_type:
        case "stream":
            name = "stderr" if output.name == "stderr" else "stdout"
            return {"output_type": "stream", "name": name, "text": _joined(output.text)}
        case "error":
            return {
                "output_type": "error",
                "ename": output.ename,
                "evalue": output.evalue,
                "traceback": output.traceback,
            }
        case "execute_result" | "display_data" as kind:
            data = {key: _joined(value) for key, value in output.data.items() if key in SAFE and _is_text(value)}
            result = {"execution_count": count} if kind == "execute_result" else {}
            return {"output_type": kind, "data": data, "metadata": {}, **result} if data else None
        case _:
            return None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(part, str) for part in value))


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
