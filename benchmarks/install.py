"""From an environment that has torch to the first verdict of ex13, install included: `python benchmarks/install.py`.

The environment's torch is this one's, lent by hard links, so that nothing of it is fetched. With `--peer otter-grader`
installing another grader from PyPI is measured, too, but not its first verdict.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import children_cpu, timed

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "shared"))
from environments import brought_by  # noqa: E402

from grader.authoring import release  # noqa: E402
from grader.exercises.course import Course  # noqa: E402

FIRST = tuple(f"ex{number:02}" for number in range(1, 15))


def fresh(folder: Path) -> tuple[str, Path]:
    """A virtual environment with torch and NumPy, and its folder of packages; only pip is there beside them."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "uninstall", "-q", "-y", "setuptools"], check=True)
    (site,) = (folder / "lib").glob("python3*/site-packages")
    for name in brought_by(["torch", "numpy"]):
        distribution = importlib.metadata.distribution(name)
        for top in {file.parts[0] for file in distribution.files or () if file.parts[0] not in ("..", "__pycache__")}:
            if not (site / top).exists():
                subprocess.run(["cp", "-al", str(distribution.locate_file(top)), site / top], check=True)
    return python, site


def kit(folder: Path) -> Path:
    """The students' kit of ex01 to ex14."""
    course = folder / "course"
    for exercise in Course(ROOT).exercises():
        if exercise.label in FIRST:
            shutil.copytree(exercise.folder, course / "exercises" / exercise.id)
    release.write(release.build(Course(course)), folder / "kit")
    return folder / "kit"


def install(python: str, site: Path, *what: str) -> str:
    """Install something, and say what that took."""
    before, used = {path.name for path in site.glob("*.dist-info")}, children_cpu()
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    seconds = timed(lambda: subprocess.run([python, "-m", "pip", "install", "-q", *what], check=True))
    more = {path.name for path in site.glob("*.dist-info")} - before
    added = sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) - size
    return f"{seconds:.1f} s, {children_cpu() - used:.1f} s of a processor, {len(more)} packages, {added / 1e6:.0f} MB"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="another grader to install in an environment of its own")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=ROOT.parent) as name:
        folder = Path(name)
        python, site = fresh(folder / "ours")
        print("our kit:", install(python, site, "-e", str(kit(folder))))
        command = [python, "-m", "grader", "ex13", "--format", "plain"]
        for moment in ("first", "second"):
            used = children_cpu()
            seconds = timed(lambda: subprocess.run(command, cwd=folder / "kit", capture_output=True, check=False))
            print(f"its {moment} verdict: {seconds:.1f} s, {children_cpu() - used:.1f} s of a processor")
        if wanted.peer:
            python, site = fresh(folder / "peer")
            print(f"{wanted.peer}:", install(python, site, wanted.peer))


if __name__ == "__main__":
    main()
