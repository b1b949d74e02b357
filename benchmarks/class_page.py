"""What a class's reports cost: `python benchmarks/class_page.py` prints each figure beside what it is to reach.

1,000 students by all exercises of the course. Their verdicts are made up of each exercise's checks and the sentences of
its known mistakes, and written once into a folder, as `grade class --reports-only` does. A browser opens the page.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from single import ROOT

from grader.authoring.verify import expectation_of
from grader.classroom import flags
from grader.classroom.alike import Alike
from grader.classroom.record import ClassRecord, ExerciseInfo, Identity, StudentRecord
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.reports.classroom.files import Wishes, write_all
from grader.reports.reveal import Reveal
from grader.results import CheckResult, Isolation, Report, Status, Submission

FIRST = ("Ada", "Alan", "Barbara", "Claude", "Donald", "Edsger", "Frances", "Grace", "Hedy", "Ivan", "Katherine")
LAST = ("Lovelace", "Turing", "Liskov", "Shannon", "Knuth", "Dijkstra", "Allen", "Hopper", "Lamarr", "Sutherland")


class Deck:
    """Made-up reports of one exercise, with its own checks and the sentences of its known mistakes."""

    def __init__(self, exercise: Exercise) -> None:
        self.info = ExerciseInfo(id=exercise.id, title=exercise.title, points=exercise.points)
        self.checks = exercise.load_checks(hidden=True)
        wrong = sorted((exercise.solution_folder or Path()).glob("wrong/*.py"))
        self.mistakes = [expectation_of(path) for path in wrong]

    def deal(self, rng: random.Random) -> Report:
        """One student's report: two thirds right, the others with a known mistake or something else."""
        draw = rng.random()
        mistake = rng.choice(self.mistakes) if self.mistakes and draw > 0.66 else None
        odd = {0.98: Status.TIMEOUT, 0.99: Status.CRASHED, 0.995: Status.GRADER_ERROR}
        status = next((odd[limit] for limit in sorted(odd, reverse=True) if draw > limit), Status.FAILED)
        results = []
        for check in self.checks:
            lost = mistake is not None and check.id in mistake.checks
            named = mistake is not None and lost and rng.random() < 0.7
            results.append(
                CheckResult(
                    id=check.id, title=check.title, points=check.points, earned=0.0 if lost else check.points,
                    status=status if lost else Status.PASSED, hidden=check.hidden,
                    message=f"It returned {rng.randrange(99)}; expected 42." if lost else "",
                    mistake=mistake.words if mistake and named and status is Status.FAILED else None,
                )
            )  # fmt: skip
        return Report(
            exercise=self.info.id, title=self.info.title, device="cpu", seed=rng.randrange(1 << 40),
            submission=Submission(name=f"{self.info.id}.py", sha256="0" * 64, size=900),
            isolation=Isolation(level="full"), versions={"torch": "2.15.0"}, checks=tuple(results),
            duration_s=rng.uniform(0.05, 0.2), earned=sum(result.earned for result in results),
            points=self.info.points,
        )  # fmt: skip


def made_up(students: int, exercises: int, seed: int = 5) -> ClassRecord:
    """A class of that size, with something of everything that needs a person."""
    rng = random.Random(seed)
    decks = [Deck(exercise) for exercise in list(Course(ROOT).exercises())[:exercises]]
    names = [f"{rng.choice(FIRST)} {rng.choice(LAST)} {number:03}" for number in range(students)]
    reports = {name: {d.info.id: d.deal(rng) for d in decks if rng.random() < 0.94} for name in names}
    rings = [tuple(sorted(rng.sample(names, rng.randint(2, 4)))) for _ in range(2 * max(1, students // 40))]
    groups = tuple(
        Alike(exercise=rng.choice(decks).info.id, students=ring, same=number % 2 == 0)
        for number, ring in enumerate(rings)
    )
    entries = [flags.GradedWork(name, report) for name, theirs in reports.items() for report in theirs.values()]
    raised = flags.flags(entries, groups)
    people = tuple(
        StudentRecord(
            name=name, reports=reports[name], flags=raised.get(name, {}),
            notes=("ex13: of 2 files ex13 (1).py was graded, the newest.",) if rng.random() < 0.05 else (),
            late=tuple(d.info.id for d in decks if rng.random() < 0.03 / len(decks) * 2),
            untouched=(decks[0].info.id,) if rng.random() < 0.03 else (),
            identity=Identity(name=name, id=str(10_000 + number), email=f"s{number}@example.org"),
        )
        for number, name in enumerate(names)
    )  # fmt: skip
    return ClassRecord(
        title="Neural networks, autumn", created="2026-11-28T10:00:00+00:00", students=people, alike=groups,
        exercises=tuple(d.info for d in decks), unread=("homework.rar is not a zip file, whatever its name says.",),
    )  # fmt: skip


def first_paint(page: Path) -> float:
    """Seconds until a browser has painted something of the page; nan without one."""
    sys.path.append(str(ROOT / "tests" / "shared"))
    from browser import ask, opened, show  # the tests' own

    script = """return new Promise(done => new PerformanceObserver(list => done(list.getEntries().find(
        entry => entry.name === "first-contentful-paint")?.startTime)).observe({type: "paint", buffered: true}));"""
    with opened() as browser:
        show(browser, page)
        return float(ask(browser, script)) / 1000


def main() -> None:
    """Measure, print a table, and fail if a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--exercises", type=int, default=35)
    parser.add_argument("--page", type=Path, help="Write only class.html, there, and measure nothing.")
    asked = parser.parse_args()
    record = made_up(asked.students, asked.exercises)
    if asked.page:
        from grader.reports.classroom import page

        asked.page.write_text(page.render(record, [f"feedback/{n}.html" for n in range(asked.students)]), "utf-8")
        return
    with tempfile.TemporaryDirectory() as folder:
        before, clock = time.process_time(), time.perf_counter()
        written = write_all(record, Path(folder), Wishes(Reveal.MISTAKES))
        seconds = time.process_time() - before
        print(f"{time.perf_counter() - clock:.0f} s on the clock, which depends on what else the machine has to do")
        page_file = Path(folder) / "class.html"
        size = page_file.stat().st_size / 1e6
        lines = [
            (f"{len(written)} files written, s of a processor", seconds, 60.0),
            ("class.html, MB", size, 5.0),
            ("first paint of class.html, s", first_paint(page_file), 2.0),
            ("most memory, GB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2.0),
        ]
    print(f"{asked.students} students by {len(record.exercises)} exercises")
    for name, value, limit in lines:
        print(f"{'ok ' if value <= limit else 'MISSED'}  {name:<40} {value:6.2f}   (at most {limit:g})")
    raise SystemExit(any(not value <= limit for _, value, limit in lines))


if __name__ == "__main__":
    main()
