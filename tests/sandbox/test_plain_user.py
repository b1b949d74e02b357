"""The kit works for a plain user as it does for root: every level, from the command."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

from grader.sandbox.limits import LEVELS

PLAIN = 1234
TOOLS = ("unshare", "mount", "setpriv")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="these tests run as a plain user already"),
    pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}"),
]


def opened(paths: list[Path]) -> str:
    """Shell lines that let a plain user reach `paths` even under closed folders, in a mount namespace."""
    closed: set[Path] = set()
    for path in paths:
        closed |= {parent for parent in path.resolve().parents if not parent.stat().st_mode & 0o001}
    outermost = [folder for folder in sorted(closed) if not any(other in folder.parents for other in closed)]
    lines = ["set -e", "umask 022", "spare=$(mktemp -d)"]
    lines += [f'mkdir "$spare/{i}"; mount --bind {shlex.quote(str(p))} "$spare/{i}"' for i, p in enumerate(paths)]
    lines += [f"mount -t tmpfs -o mode=755 none {shlex.quote(str(folder))}" for folder in outermost]
    lines += [
        f'mkdir -p {shlex.quote(str(p))}; mount --bind "$spare/{i}" {shlex.quote(str(p))}' for i, p in enumerate(paths)
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("level", LEVELS)
def test_the_root_of_a_rootless_container_grades_at_the_level(level: str, tmp_path: Path) -> None:
    """A user namespace in which only root exists, as podman gives it to a plain user."""
    out = tmp_path / "report.json"
    command = [
        "unshare", "--user", "--map-root-user", sys.executable, "-c", "from grader.cli import main; main()",
        str(ROOT / "solutions/ex13_sin_gradient/ex13_sin_gradient.py"), "--course", str(ROOT),
        "--isolation", level, "--format", "json", "--output", str(out),
    ]  # fmt: skip
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if "unshare failed" in result.stderr or "cannot isolate at level" in result.stderr:
        pytest.skip(result.stderr.strip())
    assert result.returncode == 0, result.stderr
    (report,) = json.loads(out.read_text())["reports"]
    assert report["isolation"]["level"] == level


def without_namespaces(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a place where no further namespace can be made, as in Docker's default profile."""
    command = shlex.join([sys.executable, "-c", "from grader.cli import main; main()", *arguments])
    script = f"echo 0 > /proc/sys/user/max_user_namespaces && exec {command}"
    result = subprocess.run(
        ["unshare", "--user", "--map-root-user", "sh", "-c", script],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if "unshare failed" in result.stderr or "max_user_namespaces" in result.stderr:
        pytest.skip(result.stderr.strip())
    return result


def test_a_level_that_the_machine_lacks_is_refused_in_one_sentence() -> None:
    work = str(ROOT / "solutions/ex13_sin_gradient/ex13_sin_gradient.py")
    result = without_namespaces(work, "--course", str(ROOT), "--isolation", "full")
    assert result.returncode == 2
    assert "This machine cannot isolate at level 'full': it refused a user namespace (" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_ladder_steps_down_to_what_the_machine_has_and_says_so(tmp_path: Path) -> None:
    work, out = str(ROOT / "solutions/ex13_sin_gradient/ex13_sin_gradient.py"), tmp_path / "report.json"
    result = without_namespaces(work, "--course", str(ROOT), "--format", "json", "--output", str(out))
    assert result.returncode == 0, result.stderr
    (report,) = json.loads(out.read_text())["reports"]
    assert report["isolation"]["level"] == "no-namespaces"
    assert "seccomp" in report["isolation"]["layers"]


@pytest.mark.parametrize("level", LEVELS)
def test_a_plain_user_grades_at_the_level(level: str, tmp_path: Path) -> None:
    work = tmp_path / "ex13_sin_gradient.py"
    shutil.copy(ROOT / "solutions/ex13_sin_gradient/ex13_sin_gradient.py", work)
    tmp_path.chmod(0o755)
    out = tmp_path / "out"
    out.mkdir()
    os.chown(out, PLAIN, PLAIN)
    prefixes = sorted({Path(sys.base_prefix), Path(sys.prefix), ROOT, tmp_path})
    paths = [path for path in prefixes if not any(other in path.parents for other in prefixes)]
    command = [
        "setpriv", f"--reuid={PLAIN}", f"--regid={PLAIN}", "--clear-groups", "--inh-caps=-all",
        sys.executable, "-c", "from grader.cli import main; main()",
        str(work), "--course", str(ROOT), "--isolation", level,
        "--format", "json", "--output", str(out / "report.json"),
    ]  # fmt: skip
    script = f"{opened(paths)}\ncd /\nGRADE_SECRET=s HOME=/ exec {shlex.join(command)}"
    namespace = ["unshare", "--mount", "--propagation", "private", "sh", "-c", script]
    result = subprocess.run(namespace, capture_output=True, text=True, timeout=120, check=False)
    if "unshare failed" in result.stderr:
        pytest.skip(f"no mount namespace to try this in: {result.stderr.strip()}")
    if result.returncode == 2 and "cannot isolate at level" in result.stderr:
        pytest.skip(result.stderr.strip())
    assert result.returncode == 0, result.stderr
    (report,) = json.loads((out / "report.json").read_text())["reports"]
    assert report["isolation"]["level"] == level
    assert report["earned"] == report["points"] > 0
    if level != "basic":
        assert "no privileges" in report["isolation"]["layers"]
