"""The pages as a site, built so that no link may be broken, and the pictures that the README shows."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from places import ROOT

PICTURES = re.findall(r"!\[[^\]]+\]\((docs/pictures/[\w.]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
HOOKS = runpy.run_path(str(ROOT / "mkdocs_hooks.py")) if shutil.which("python") else {}


def build(root: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Build the site of a checkout; warnings are errors."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--strict", "-d", str(site)],
        cwd=root, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the site is made of."""
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "docs", root / "docs")
    for name in ("mkdocs.yml", "mkdocs_hooks.py", *HOOKS["PAGES"], *HOOKS["FILES"]):
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    return root


@pytest.mark.slow
def test_the_site_is_built_with_every_page_and_no_broken_link(checkout: Path, tmp_path: Path) -> None:
    done = build(checkout, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path.parent.name for path in (tmp_path / "site").glob("*/index.html")}
    names = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert names | {"changelog", "contributing", "reporting"} <= pages
    start = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "fonts.googleapis.com" not in start
    assert all((tmp_path / "site" / picture.removeprefix("docs/")).is_file() for picture in PICTURES)
    for link in ("[a](nowhere.md)", "[a](classes.md#nowhere)", "[a](../nowhere.md)"):
        (checkout / "docs" / "reports.md").write_text(f"# Reports\n\n{link}\n", encoding="utf-8")
        assert build(checkout, tmp_path / "broken").returncode != 0, link


def test_pictures_are_small_and_fetch_nothing() -> None:
    assert len(PICTURES) == 3
    for name in PICTURES:
        assert (ROOT / name).stat().st_size < 100_000
    text = (ROOT / "docs/pictures/terminal.svg").read_text(encoding="utf-8")
    ElementTree.fromstring(text)
    assert "url(http" not in text
    assert "src:" not in text


@pytest.mark.slow
def test_the_picture_of_the_terminal_is_what_the_command_prints_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADE_SECRET", "of the pictures")
    program = runpy.run_path(str(ROOT / "docs" / "draw.py"))
    monkeypatch.setitem(program["draw_terminal"].__globals__, "PICTURES", tmp_path)
    program["draw_terminal"]()
    drawn, kept = (
        "".join(ElementTree.fromstring(path.read_text(encoding="utf-8")).itertext())
        for path in (tmp_path / "terminal.svg", ROOT / "docs/pictures/terminal.svg")
    )
    for pattern in (r"\d+\.\d+\s+s\b", r"isolation\s+[\w-]+", r"·\s+(cpu|cuda|mps)\s+·"):
        drawn, kept = re.sub(pattern, "", drawn), re.sub(pattern, "", kept)
    assert drawn.split() == kept.split()
