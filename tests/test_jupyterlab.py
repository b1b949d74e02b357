"""A kit's notebook in a real JupyterLab, in a real browser: its report can be read there, and its button works."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from browser import ask, opened
from patience import until
from places import ROOT

from grader.exercises.course import Course
from grader.submissions.twins import twin

SIN = "ex13_sin_gradient"
SWAPPED = "def gradient_at(x, y):\n    return gradient(sin_x2y, x, y)[::-1]"
"""A mistake that the public checks find."""
READY = "return !!window.jupyterapp?.shell.currentWidget?.sessionContext?.isReady"
FINISHED = """
const widget = window.jupyterapp.shell.currentWidget;
const cells = widget?.content?.model?.cells;
if (!cells) return "";
const last = cells.get(cells.length - 1).toJSON();
return JSON.stringify(last.outputs ?? []);
"""


@contextmanager
def lab(folder: Path, home: Path) -> Iterator[str]:
    """The address of a JupyterLab that serves a folder, with nothing of this user's own settings."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    own = {name: str(home / name) for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
    # Where the widgets' half in the browser lies, also if another environment lends the package.
    own["JUPYTER_PATH"] = str(
        importlib.metadata.distribution("jupyterlab_widgets").locate_file("../../../share/jupyter")
    )
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser", f"--port={port}",
        "--ServerApp.ip=127.0.0.1", "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.root_dir=.",
    ]  # fmt: skip
    server = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **own}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert server.poll() is None, "JupyterLab has ended"
        try:
            with urlopen(f"{address}/api/status", timeout=10):
                return True
        except URLError:
            return False

    try:
        assert until(answers)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """A course of ex13 whose notebook somebody has filled, with a mistake."""
    folder = tmp_path / "course" / "exercises" / SIN
    shutil.copytree(ROOT / "exercises" / SIN, folder)
    document = json.loads(twin(Course(ROOT).find("13")))
    solution = (ROOT / "solutions" / SIN / f"{SIN}.py").read_text(encoding="utf-8")
    cells = [cell for cell in document["cells"] if cell["cell_type"] == "code"]
    cells[1]["source"] = solution + "\n\n" + SWAPPED
    document["cells"] = [cells[0], cells[1], cells[-1]]
    path = folder / f"{SIN}.ipynb"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_notebook_grades_itself_in_jupyterlab(notebook: Path, tmp_path: Path) -> None:
    with opened() as browser, lab(notebook.parent, tmp_path) as address:
        browser.set_window_size(760, 900)
        browser.get(f"{address}/lab/tree/{notebook.name}")
        assert until(lambda: ask(browser, "return !!window.jupyterapp"))
        assert until(lambda: ask(browser, READY))
        ask(browser, "window.jupyterapp.commands.execute('notebook:run-all-cells')")
        assert until(lambda: "points" in ask(browser, FINISHED))
        assert until(lambda: ask(browser, "return document.querySelectorAll('.grade-report .check').length") == 2)

        # The points are in sight, however narrow: they end before the report does.
        ask(browser, "document.querySelector('.grade-report').style.width = '500px'")
        right = (
            "return [...document.querySelectorAll('.grade-report .points')].map(p => p.getBoundingClientRect().right)"
        )
        edge = ask(browser, "return document.querySelector('.grade-report').getBoundingClientRect().right")
        assert all(place <= edge for place in ask(browser, right))
        assert ask(browser, "return document.querySelector('.grade-report .points').textContent") == "1 of 3 points"
        assert "Stuck? %grade hint ex13" in ask(browser, "return document.querySelector('.grade-report').innerText")

        # What was seen can be folded.
        open_ = "return document.querySelector('.grade-report details').open"
        assert ask(browser, open_)
        ask(browser, "document.querySelector('.grade-report summary').click()")
        assert not ask(browser, open_)

        # In the dark the marks are light.
        colour = "return getComputedStyle(document.querySelector('.grade-report .lost .mark')).color"
        light = ask(browser, colour)
        ask(browser, "window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
        assert until(lambda: ask(browser, colour) != light)
        assert sum(map(int, ask(browser, colour)[4:-1].split(","))) > 450

        # The button is there, and gives hints, one after the other.
        button = "return [...document.querySelectorAll('button')].find(b => b.textContent === 'Next hint')"
        assert until(lambda: ask(browser, f"{button} !== undefined"))
        ask(browser, f"({button.removeprefix('return ')}).click()")
        hint = "return document.querySelector('.grade-report .hint')?.textContent ?? ''"
        assert until(lambda: "hint 1 of 5" in ask(browser, hint))
