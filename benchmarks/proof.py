"""What is proven of each exercise, as the table that stands in the README.

python benchmarks/proof.py [ex13 …] [--seeds N] [--results FILE]

Measures the exercises that are named, under so many seeds (0: only the mutants), keeps what it found in the results
file, and prints the table of everything in there. A row whose exercise was changed since is left out, and named. The
counts of first sentences are those of tests/golden/feedback.md.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec
from measure import tree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.authoring.mutants.trial import OPEN, Fate, stand_of, try_all  # noqa: E402
from grader.authoring.verify import NOTEBOOK, ROLES, UNFINISHED, verify  # noqa: E402
from grader.exercises.course import Course, warm_modules  # noqa: E402
from grader.exercises.exercise import Exercise  # noqa: E402
from grader.grading.runner import Settings  # noqa: E402
from grader.sandbox.ladder import Ladder, open_sandbox  # noqa: E402

GOLDEN = ROOT / "tests" / "golden" / "feedback.md"
JOBS = os.cpu_count() or 1
FIRST_SEED = 1


class Measured(msgspec.Struct):
    """What was found for one exercise; `content` is of all its files and of its solutions, as they were."""

    content: str
    seeds: int = 0
    right: int = 0
    wrong: int = 0
    names: int = 0
    complaints: int = 0
    lied: float = 0.0
    """Points that a perfect liar gains with these files, all of kind W."""
    mutants: int = 0
    killed: int = 0
    explained: int = 0
    open: int = 0
    wall_s: float = 0.0
    cpu_s: float = 0.0


def main() -> None:
    """Measure what is named, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exercises", nargs="*", help="ex13 or 13; none: only print the table")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--results", type=Path, default=ROOT / ".grade" / "proof.json")
    asked = parser.parse_args()
    course = Course(ROOT)
    results = _read(asked.results)
    for exercise in [course.find(name) for name in asked.exercises]:
        known = results.get(exercise.id)
        found = known if known and known.content == content_of(exercise) else Measured(content_of(exercise))
        cpu, started = tree(os.getpid())[0], time.monotonic()
        sandbox = open_sandbox(warm=warm_modules([exercise]), notebooks=asked.seeds > 0, submissions=100)
        try:
            prove(exercise, sandbox, found, asked.seeds)
            try_mutants(exercise, sandbox, found)
            found.wall_s, found.cpu_s = time.monotonic() - started, tree(os.getpid())[0] - cpu
        finally:
            sandbox.close()
        results[exercise.id] = found
        asked.results.parent.mkdir(parents=True, exist_ok=True)
        asked.results.write_bytes(msgspec.json.format(msgspec.json.encode(results)))
        print(f"{exercise.id}: {found.wall_s:.0f} s, {found.cpu_s:.0f} s of processors", file=sys.stderr)
    print(table(course, results))
    bad = [name for name, found in results.items() if found.complaints or found.open]
    sys.exit(f"Not proven: {', '.join(bad)}" if bad else 0)


def _read(path: Path) -> dict[str, Measured]:
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Measured]) if path.is_file() else {}


def content_of(exercise: Exercise) -> str:
    """A fingerprint of all that a proof of the exercise depends on, but the grader."""
    assert exercise.solution_folder is not None
    digest = hashlib.sha256(exercise.fingerprint().encode())
    for path in sorted(p for p in exercise.solution_folder.rglob("*") if p.suffix in (".py", ".toml")):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def prove(exercise: Exercise, sandbox: Ladder, found: Measured, seeds: int) -> None:
    """What `grade verify --seeds N` finds; notebooks under the first seed, as there."""
    complaints = 0
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        roles = ROLES if seed == FIRST_SEED else tuple(role for role in ROLES if role != NOTEBOOK)
        proofs = list(verify(exercise, sandbox, Settings(seed=seed, secret=b"verify"), JOBS, roles))
        complaints += sum(bool(proof.complaint) for proof in proofs)
        counts = Counter(proof.role for proof in proofs)
        gained = {name: points for proof in proofs for name, _, points in proof.gained}
        found.lied = max(found.lied, sum(gained.values()))
        found.right, found.wrong, found.names = counts["right"], counts["wrong"], counts[UNFINISHED]
    if seeds:
        found.seeds, found.complaints = seeds, complaints


def try_mutants(exercise: Exercise, sandbox: Ladder, found: Measured) -> None:
    """What `grade mutants` finds."""
    stand = stand_of(exercise)
    settings = Settings(seed=FIRST_SEED, secret=b"verify")
    fates = Counter(one.fate for one in try_all(stand, stand.mutants, sandbox, settings, JOBS))
    found.mutants, found.explained = len(stand.mutants), fates[Fate.EXPLAINED]
    found.killed = fates[Fate.KILLED] + fates[Fate.TOO_SLOW]
    found.open = sum(fates[fate] for fate in OPEN)


def named_first(exercise: str) -> tuple[int, int]:
    """Of how many wrong/ files the first sentence names the mistake, and of how many it is known."""
    text = GOLDEN.read_text(encoding="utf-8")
    match = re.search(rf"^## {exercise}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    sentences = re.findall(r"^  - (.*)$", match[1], re.MULTILINE) if match else []
    return sum(sentence.startswith("**") for sentence in sentences), len(sentences)


def table(course: Course, results: dict[str, Measured]) -> str:
    """The results in Markdown, with a line for those that no longer hold."""
    rows = [
        "| exercise | right | wrong | named first | names asked | seeds | liar gains | mutants | killed | explained |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    old, sums = [], Counter[str]()
    for exercise in course.exercises():
        if (found := results.get(exercise.id)) is None:
            continue
        if found.content != content_of(exercise):
            old.append(exercise.id)
            continue
        named, known = named_first(exercise.id)
        seeds = str(found.seeds) if found.seeds else "not yet"
        proven = [found.right, found.wrong] if found.seeds else ["", ""]
        cells = [exercise.label, *proven, f"{named} of {known}", found.names if found.seeds else "", seeds]
        cells.append(f"{found.lied:g} of {exercise.points:g}" if found.seeds else "")
        rows.append("| " + " | ".join(map(str, (*cells, found.mutants, found.killed, found.explained))) + " |")
        sums.update(right=found.right, wrong=found.wrong, named=named, known=known, names=found.names)
        sums.update(mutants=found.mutants, killed=found.killed, explained=found.explained)
    total = [sums["right"], sums["wrong"], f"{sums['named']} of {sums['known']}", sums["names"], "", ""]
    rows.append("| all | " + " | ".join(map(str, (*total, sums["mutants"], sums["killed"], sums["explained"]))) + " |")
    if old:
        rows += ["", f"Changed since they were measured, and left out: {', '.join(old)}."]
    return "\n".join(rows)


if __name__ == "__main__":
    main()
