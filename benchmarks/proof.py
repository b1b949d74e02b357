"""What is proven of each exercise, as the table that stands in the README.

python benchmarks/proof.py [ex13 …] [--seeds N] [--minutes N] [--no-mutants] [--results FILE] [--write]

Measures the exercises that are named, under so many seeds (0: only the mutants), keeps what it found in the results
file, and prints the table of everything in there. What is in there is not measured again, so that the table can be made
in several sittings: --minutes ends one, and so does Ctrl-C; the same command goes on with the next seed or mutant.
Under the first seed all is asked, under others wrong/ files only what they promise, as by grade verify --promised. A
row whose exercise was changed since is left out, and named; --write puts the table into the README, and a test of the
suite sees to it that this was done. A new reason in equivalent.toml is no change. The counts of first sentences are
those of tests/golden/feedback.md.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import math
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from measure import tree_cpu_s

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.authoring.mutants import equivalent  # noqa: E402
from grader.authoring.mutants.equivalent import reason_for  # noqa: E402
from grader.authoring.mutants.programs import Mutant  # noqa: E402
from grader.authoring.mutants.trial import Fate, stand_of, try_all  # noqa: E402
from grader.authoring.verify import UNFINISHED, verify  # noqa: E402
from grader.exercises.course import Course, warm_modules  # noqa: E402
from grader.exercises.exercise import Exercise  # noqa: E402
from grader.grading.runner import Settings  # noqa: E402
from grader.sandbox.ladder import Ladder, open_sandbox  # noqa: E402

README = ROOT / "README.md"
TABLE = re.compile(r"(?<=<!-- proof.py -->\n).*?(?=\n<!-- until here -->)", re.DOTALL)
"""Where in the README the table stands."""
GOLDEN = ROOT / "tests" / "golden" / "feedback.md"
JOBS = os.cpu_count() or 1
FIRST_SEED = 1
OPEN_ONES, UNTRIED = "open", "untried"


class Measured(msgspec.Struct):
    """What was found for one exercise; `content` is of all its files and of its solutions, as they were.

    Seconds and processor seconds are those of all sittings together.
    """

    content: str
    seeds: int = 0
    right: int = 0
    wrong: int = 0
    names: int = 0
    complaints: int = 0
    lied: float = 0.0
    """Points that a perfect liar gains with these files, all of kind W."""
    caught: dict[str, bool] = {}
    """Fingerprint of each mutant that was tried → whether a check has caught it."""
    wall_s: float = 0.0
    cpu_s: float = 0.0


def main() -> None:
    """Measure what is named, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exercises", nargs="*", help="ex13 or 13; none: only print the table")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin no further mutant or seed after so many")
    parser.add_argument("--no-mutants", action="store_true", help="only what grade verify finds")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "proof.json")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    asked = parser.parse_args()
    course = Course(ROOT)
    results = _read(asked.results)
    until = time.monotonic() + 60 * asked.minutes
    for exercise in [course.find(name) for name in asked.exercises]:
        known = results.get(exercise.id)
        found = known if known and known.content == content_of(exercise) else Measured(content_of(exercise))
        results[exercise.id] = found
        left = () if asked.no_mutants else untried(exercise, found)
        again = found.seeds < asked.seeds or found.complaints > 0
        if not again and not left:
            continue
        cpu, started = tree_cpu_s(os.getpid()), time.monotonic()
        sandbox = open_sandbox(warm=warm_modules([exercise]), notebooks=asked.seeds > 0, submissions=100)
        try:
            for _ in prove(exercise, sandbox, found, asked.seeds, until) if again else ():
                _write(asked.results, results)  # each seed as it comes: whoever kills this loses no more than one
            try_mutants(exercise, left, sandbox, found, until)
        finally:
            cpu_s = tree_cpu_s(os.getpid()) - cpu  # before it is closed: what ends with its namespace is nobody's child
            sandbox.close()
            wall_s = time.monotonic() - started
            found.wall_s, found.cpu_s = found.wall_s + wall_s, found.cpu_s + cpu_s
            _write(asked.results, results)
        print(f"{exercise.id}: {wall_s:.0f} s, {cpu_s:.0f} s of processors", file=sys.stderr)
    print(table(course, results))
    if asked.write:
        README.write_text(with_table(README.read_text(encoding="utf-8"), course, results), encoding="utf-8")
    bad = [exercise.id for exercise in course.exercises() if not proven(exercise, results.get(exercise.id))]
    sys.exit(f"Not proven: {', '.join(bad)}" if bad else 0)


def with_table(text: str, course: Course, results: dict[str, Measured]) -> str:
    """The README with this table in its place."""
    new = f"\n{table(course, results)}\n"
    return TABLE.sub(lambda _: new, text)


def proven(exercise: Exercise, found: Measured | None) -> bool:
    """Whether nothing speaks against what was found; of what was not measured, or before a change, nobody knows."""
    if found is None or found.content != content_of(exercise):
        return True
    return not (found.complaints or fates(exercise, found)[OPEN_ONES])


def _read(path: Path) -> dict[str, Measured]:
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Measured]) if path.is_file() else {}


def _write(path: Path, results: dict[str, Measured]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(results)))
    draft.replace(path)


def content_of(exercise: Exercise) -> str:
    """A fingerprint of all that a proof of the exercise depends on, but the grader, and reasons for mutants."""
    assert exercise.solution_folder is not None
    digest = hashlib.sha256(exercise.fingerprint().encode())
    for path in sorted(p for p in exercise.solution_folder.rglob("*") if p.suffix in (".py", ".toml")):
        if path.name != equivalent.FILE:
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def prove(exercise: Exercise, sandbox: Ladder, found: Measured, seeds: int, until: float) -> Iterator[int]:
    """What `grade verify --seeds N --promised` finds, from the first seed that is not known, until the clock says so.

    What was complained of is asked again from the start. Yields each seed, once it is among what was found.
    """
    if found.complaints:
        found.seeds = found.complaints = 0
    for tried in range(found.seeds, seeds):
        if time.monotonic() >= until:
            break
        first, seed = tried == 0, FIRST_SEED + tried
        settings = Settings(seed=seed, secret=b"verify")
        proofs = list(verify(exercise, sandbox, settings, JOBS, promised=not first))
        refused = [proof for proof in proofs if proof.complaint]
        for proof in refused:
            print(f"{exercise.id}, seed {seed}: {proof.role}/{proof.file}: {proof.complaint}", file=sys.stderr)
        if first:
            counts = Counter(proof.role for proof in proofs)
            found.right, found.wrong, found.names = counts["right"], counts["wrong"], counts[UNFINISHED]
            found.lied = sum({name: points for proof in proofs for name, _, points in proof.gained}.values())
        found.seeds, found.complaints = tried + 1, found.complaints + len(refused)
        yield seed


def untried(exercise: Exercise, found: Measured) -> tuple[Mutant, ...]:
    """The mutants of whose fate nothing is known."""
    return tuple(mutant for mutant in stand_of(exercise).mutants if mutant.fingerprint not in found.caught)


def try_mutants(exercise: Exercise, left: Sequence[Mutant], sandbox: Ladder, found: Measured, until: float) -> None:
    """What `grade mutants` finds of these, until the clock says so. One at which a check broke is not kept."""
    settings = Settings(seed=FIRST_SEED, secret=b"verify")
    with contextlib.closing(try_all(stand_of(exercise), left, sandbox, settings, JOBS)) as all_tried:
        for one in all_tried if left else ():
            if one.fate is not Fate.BROKE:
                found.caught[one.mutant.fingerprint] = one.fate not in (Fate.SURVIVED, Fate.EXPLAINED)
            if time.monotonic() >= until:
                break


def fates(exercise: Exercise, found: Measured) -> Counter[str]:
    """How many mutants are killed, explained or open: of those that were tried, by the reasons of now."""
    stand, counts = stand_of(exercise), Counter[str]()
    for mutant in stand.mutants:
        if (caught := found.caught.get(mutant.fingerprint)) is None:
            counts[UNTRIED] += 1
            continue
        reason = reason_for(mutant, stand.reasons)
        denied = reason is not None and reason.denies(mutant)
        counts[(OPEN_ONES if denied else Fate.KILLED) if caught else Fate.EXPLAINED if reason else OPEN_ONES] += 1
    return counts


def named_first(exercise: str) -> tuple[int, int]:
    """Of how many wrong/ files the first sentence names the mistake, and of how many it is known."""
    text = GOLDEN.read_text(encoding="utf-8")
    match = re.search(rf"^## {exercise}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    sentences = re.findall(r"^  - (.*)$", match[1], re.MULTILINE) if match else []
    return sum(sentence.startswith("**") for sentence in sentences), len(sentences)


def table(course: Course, results: dict[str, Measured]) -> str:
    """The results in Markdown, with a line for those that no longer hold."""
    heads = ("exercise", "right", "wrong", "named first", "names asked", "seeds", "liar gains")
    heads += ("mutants", "killed", "explained", "open")
    rows = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
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
        counts = fates(exercise, found)
        tried = counts.total() - counts[UNTRIED]
        mutants = f"{tried} of {counts.total()}" if counts[UNTRIED] else tried
        cells += [mutants, counts[Fate.KILLED], counts[Fate.EXPLAINED], counts[OPEN_ONES]]
        rows.append("| " + " | ".join(map(str, cells)) + " |")
        sums.update(right=found.right, wrong=found.wrong, named=named, known=known, names=found.names)
        sums.update(mutants=tried, killed=counts[Fate.KILLED], explained=counts[Fate.EXPLAINED])
        sums.update(open=counts[OPEN_ONES])
    total = [sums["right"], sums["wrong"], f"{sums['named']} of {sums['known']}", sums["names"], "", ""]
    mutants = [sums[name] for name in ("mutants", "killed", "explained", "open")]
    rows.append("| all | " + " | ".join(map(str, (*total, *mutants))) + " |")
    if old:
        rows += ["", f"Changed since they were measured, and left out: {', '.join(old)}."]
    return "\n".join(rows)


if __name__ == "__main__":
    main()
