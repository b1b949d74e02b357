"""Draws the README's pictures anew: `python docs/draw.py`. It takes Chromium, and the extra `instructors`.

They show the small class of `examples/class`: a terminal, a student's feedback page, the instructor's class page.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
from rich.console import Console
from rich.text import Text

from grader.reports import terminal
from grader.results import Report

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
BOB = "examples/class/bob/ex13_sin_gradient.py"
COLUMNS = 84
_REMOTE_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def grade(*arguments: str) -> str:
    """What a command prints; always on the same numbers."""
    done = subprocess.run(
        [sys.executable, "-m", "grader", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False,
        env={**os.environ, "GRADE_SECRET": "of the pictures"},
    )  # fmt: skip
    return done.stdout


def draw_terminal() -> None:
    """A terminal in which ex13 has just been checked, as SVG; its letters are the reader's own."""
    (found,) = json.loads(grade(BOB, "--seed", "11", "--format", "json"))["reports"]
    report = msgspec.convert(found, Report)
    console = Console(width=COLUMNS, record=True, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ grade {BOB}", "bold"))
    console.print(terminal.render(report))
    svg = _REMOTE_FONTS.sub("", console.export_svg(title="grade", unique_id="grade"))
    svg = svg.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
    (PICTURES / "terminal.svg").write_text(svg, encoding="utf-8")


def photograph(page: Path, name: str, height: int) -> None:
    """A page as a headless browser shows it."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("No Chromium here; on Debian: apt-get install chromium")
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size=900,{height}"]
    subprocess.run(
        [program, *flags, f"--screenshot={PICTURES / name}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )


def main() -> None:
    """Draw all of them."""
    PICTURES.mkdir(exist_ok=True)
    draw_terminal()
    with tempfile.TemporaryDirectory() as folder:
        grade("class", "examples/class", "-o", folder)
        photograph(Path(folder) / "class.html", "class.png", 620)
        (feedback,) = Path(folder).rglob("bob.html")
        photograph(feedback, "feedback.png", 640)


if __name__ == "__main__":
    main()
