"""Hidden checks of lab16: workers that do not repeat each other, who did what, latecomers, and a study made twice."""

from __future__ import annotations

from typing import Any

from grader import Inputs, Student, check, expect, show

from .checks import RAISES, Trial, another_study, database, expect_count, in_fresh_process, run_together

REPEATED = "Workers repeated each other: give each sampler the seed that its worker was given."
NOT_SEEDED = "The same seed proposed other values: TPESampler(seed=seed)."
TWICE = "evaluate trains a network, as it were: call it once for a trial, and keep what it returned."
WIPED = "The trials that were there are gone: leave a study that exists as it is."


@check(
    "workers with other seeds draw other values, and the same seed the same", points=2, after="alone", explain=RAISES
)
def drawn_apart(student: Student, inputs: Inputs) -> None:
    study = database(student, inputs, "drawn_apart")
    student.init_study(study.url, study.name)
    seeds = inputs.sample(range(1, 10**6), 3)
    run_together(student, study, seeds, 2)
    drawn = study.trials(study.records(student))
    expect.that(
        len(set(drawn)) == len(drawn),
        f"3 workers with the seeds {', '.join(map(str, seeds))} did {len(drawn)} trials, of which {len(set(drawn))} "
        "differ; expected all to differ.",
        mistake=REPEATED,
    )
    # Alone in a study of their own, two workers with one seed have the same to go by.
    first, again = (alone_with(student, another_study(study, suffix), seeds[0]) for suffix in ("first", "again"))
    expect.that(
        first == again,
        f"Two workers with the seed {seeds[0]}, each alone on an empty study, drew {first[0]} and {again[0]} first.",
        mistake=NOT_SEEDED,
    )


def alone_with(student: Student, study: Any, seed: int) -> list[Trial]:
    """The trials of one worker on a study of its own."""
    student.init_study(study.url, study.name)
    study.work(student, seed, 1, study.evaluate(student))
    return study.trials(study.records(student))  # type: ignore[no-any-return]


@check("each worker does its own trials in its own process", points=1, kind="W", after="side_by_side", explain=RAISES)
def own_processes(student: Student, inputs: Inputs) -> None:
    calls = student.findings.kept["calls by process"]
    expect.that(
        calls == [4, 4, 4],
        f"3 workers were to do 4 trials each; per process evaluate was called {show(calls)} times.",
        mistake=TWICE if calls in ([8, 8, 8], [12, 12, 12]) else None,
    )


@check("init_study() leaves a study that exists as it is", points=1, after="alone", explain=RAISES)
def made_twice(student: Student, inputs: Inputs) -> None:
    study = database(student, inputs, "made_twice")
    student.init_study(study.url, study.name)
    study.work(student, inputs.integer(1, 10**6), 2, study.evaluate(student))
    before = study.trials(study.records(student))
    student.init_study(study.url, study.name)
    after = study.trials(study.records(student))
    expect.that(
        after == before,
        f"After init_study() was called a second time, summary() has {len(after)} trials; expected the {len(before)} "
        "that were there.",
        mistake=WIPED if not after else None,
    )


@check("a worker that comes later, in a fresh process, adds its trials", points=1, after="alone", explain=RAISES)
def joins_later(student: Student, inputs: Inputs) -> None:
    study = database(student, inputs, "joins_later")
    student.init_study(study.url, study.name)
    study.work(student, inputs.integer(1, 10**6), 2, study.evaluate(student))
    before = study.trials(study.records(student))
    study = in_fresh_process(student, inputs, study)
    study.work(student, inputs.integer(1, 10**6), 1, study.evaluate(student))
    answer = study.records(student)
    expect_count(len(answer.value), 1, len(before))
    after = study.trials(answer)
    expect.that(after[:2] == before, "The first trials are other ones after a third was added.")
