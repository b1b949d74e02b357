"""Public checks of lab16: a study that is in the database's file, one worker, and three at the same time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from grader import Answer, Handle, Inputs, Student, check, cut, expect, show, type_of

RTOL = 1e-4
LOWEST_RATE, HIGHEST_RATE, FEWEST, MOST = 1e-5, 1e-1, 20, 300
RATE, HIDDEN = "learning_rate", "n_hidden"
KEYS = ("number", "state", "params", "value")
WAIT_S = 60
"""For how long a process waits while others write: on a busy machine the default of five may be too short."""

NOT_MADE = "Create the study once, in init_study, before the workers start: it is to be in the file of this very url."
EXISTS = "The study is there already: say load_if_exists=True."
NO_SUCH_STUDY = "There is no study of that name in that database: give storage and study_name the url and name you got."
NOT_IN_FILE = "The file of the url is not there: give Optuna the very url that you are given."
RAISES = {
    "KeyError: Record does not exist": NO_SUCH_STUDY,
    "DuplicatedStudyError": EXISTS,
    "FileNotFoundError": NOT_IN_FILE,
}
MINIMISES = 'A study minimises unless told direction="maximize".'
IN_ALL = "n_trials is how many this worker does, not how many there are to be in all: others work, too."
GONE = "Trials that were there are gone: a worker adds its own to the study, and leaves the others'."
BEST_ONLY = "All trials are asked for, not the best one alone: go through study.trials."
NO_DICTS = "These are Optuna's own trials: make a plain dict of each."
STATE_NAME = "The state is asked for by its name: trial.state.name."
NOT_ASKED = 'Ask the trial for both, by these very names: "learning_rate" and "n_hidden".'
NOT_WHOLE = "n_hidden is a number of neurons: ask with suggest_int."
NOT_LOG = "Learning rates go by decades: suggest_float(…, log=True) makes each as likely as any other."
BOUNDS = "Learning rates go from 1e-5 to 1e-1, neurons from 20 to 300."
SWAPPED = "The arguments of evaluate are swapped: evaluate(learning_rate, n_hidden)."
ONE_FOR_ALL = "These are another study's: one file may hold several, each under the name that you are given."
CRASHED = "Its traceback is under what your code printed. It gets a url, a name, and nothing else that it could share."


@dataclass(frozen=True)
class Database:
    """A study in a database of the worker's, and what its trials are evaluated with.

    Attributes:
        path: of the file, in the worker.
        name: of the study.
        best_rate: log10 of the best learning rate.
        best_hidden: the best number of neurons.
    """

    path: str
    name: str
    best_rate: float
    best_hidden: float

    @property
    def url(self) -> str:
        """As Optuna takes it."""
        return f"sqlite:///{self.path}?timeout={WAIT_S}"

    def accuracy(self, learning_rate: float, n_hidden: float) -> float:
        """What evaluate returns; probes.py has the same formula."""
        far = (math.log10(learning_rate) - self.best_rate) ** 2 / 1.2 + ((n_hidden - self.best_hidden) / 220) ** 2
        return 0.95 * math.exp(-far)

    def evaluate(self, student: Student) -> Handle:
        """The function as the student's code gets it."""
        return student.make("surface", self.best_rate, self.best_hidden, f"{self.name}.txt", called="evaluate")

    def work(self, student: Student, seed: int, n_trials: int, evaluate: Handle) -> Answer:
        """One worker, in the process that answers."""
        return student.worker(self.url, self.name, seed, n_trials, evaluate)

    def records(self, student: Student) -> Answer:
        """What the student's summary() says: a list."""
        answer = student.summary(self.url, self.name)
        expect.that(
            isinstance(answer.value, list | tuple),
            f"{answer.question} returned {type_of(answer.value)}; expected a list of dicts.",
            mistake="Your function returned None: hand the list back with `return`." if answer.value is None else None,
        )
        return answer

    def trials(self, answer: Answer) -> list[Trial]:
        """These records, each of which is right for a study of these accuracies."""
        return [self._trial(Answer(one, f"trial {i} of {answer.question}"), i) for i, one in enumerate(answer.value)]

    def _trial(self, answer: Answer, number: int) -> Trial:
        record = answer.value
        expect.that(
            isinstance(record, dict) and set(KEYS) <= set(record),
            f"{answer.question} is {type_of(record)}; expected a dict with the keys {', '.join(KEYS)}.",
            mistake=None if isinstance(record, dict) else NO_DICTS,
        )
        expect.close(Answer(record["number"], f"the number of {answer.question}"), number)
        state = record["state"]
        expect.close(
            Answer(state, f"the state of {answer.question}"),
            "COMPLETE",
            mistakes={STATE_NAME: lambda got: not isinstance(got, str)},
        )
        rate, hidden = _in_range(answer, record["params"])
        expect.close(
            Answer(record["value"], f"the value of {answer.question}"),
            self.accuracy(rate, hidden),
            rtol=RTOL,
            mistakes={SWAPPED: self.accuracy(hidden, rate)},
        )
        return Trial(rate, hidden)


@dataclass(frozen=True)
class Trial:
    """The values of a trial that is what it should be."""

    rate: float
    hidden: int


def _in_range(answer: Answer, params: Any) -> tuple[float, int]:
    """The params of a trial, which are what they may be."""
    named = isinstance(params, dict) and {RATE, HIDDEN} == set(params)
    rate, hidden = (params[RATE], params[HIDDEN]) if named else (None, None)
    message = f"The params of {answer.question} are {cut(show(params), 120)}; "
    expect.that(named, message + "expected learning_rate and n_hidden.", mistake=NOT_ASKED)
    expect.that(type(hidden) is int, message + "expected n_hidden to be an int.", mistake=NOT_WHOLE)
    inside = isinstance(rate, float) and LOWEST_RATE <= rate <= HIGHEST_RATE and FEWEST <= hidden <= MOST
    expect.that(inside, message + "expected 1e-5 to 1e-1, and 20 to 300.")
    return rate, hidden  # type: ignore[return-value]


def expect_ranges(student: Student, study: Database) -> None:
    """The trials in the file were asked for the ranges that are told: read where none of the student's code runs."""
    room = student.elsewhere()
    copy = room.place("put_file", "copy.db", student.fetch("file_bytes", study.path).value)
    found = room.probe("ranges", copy, study.name).value
    if not found:
        return  # none of Optuna's databases: its trials alone can tell
    expect.close(
        Answer(found, "what the trials in the file were asked for"),
        {
            RATE: {"low": LOWEST_RATE, "high": HIGHEST_RATE, "log": True},
            HIDDEN: {"low": FEWEST, "high": MOST, "log": False},
        },
        mistakes={
            NOT_LOG: lambda got: got[RATE]["log"] is False,
            BOUNDS: lambda got: (
                (got[RATE]["low"], got[RATE]["high"]) != (LOWEST_RATE, HIGHEST_RATE)
                or (got[HIDDEN]["low"], got[HIDDEN]["high"]) != (FEWEST, MOST)
            ),
        },
    )


def database(student: Student, inputs: Inputs, check: str) -> Database:
    """The worker's database, with a study for this check: to make a database takes long, a study more does not."""
    path = PurePosixPath(student.place("home"), "studies.db")
    name = f"{check}-{inputs.integer(100, 999)}"
    return Database(str(path), name, inputs.number(-3.5, -2.5), inputs.number(80, 240))


def another_study(of: Database, suffix: str) -> Database:
    """Another study in the same file."""
    return replace(of, name=f"{of.name}-{suffix}")


def in_fresh_process(student: Student, inputs: Inputs, of: Database) -> Database:
    """The database's file, under another name in a fresh worker that knows nothing else."""
    data = student.fetch("file_bytes", of.path).value
    student.restart()
    name = f"carried-{inputs.integer(10**5, 10**6)}.db"
    return replace(of, path=student.place("put_file", name, data))


@check("init_study() makes a study that a fresh process finds in the file, without trials", points=1, explain=RAISES)
def created(student: Student, inputs: Inputs) -> None:
    made = database(student, inputs, "created")
    student.init_study(made.url, made.name)
    with expect.explained({"Record does not exist": NOT_MADE, "No such file": NOT_MADE}):
        found = in_fresh_process(student, inputs, made)
        expect.close(student.summary(found.url, found.name), [])


@check("init_study() makes a study for the highest accuracy", points=1, kind="W", after="created", explain=RAISES)
def maximises(student: Student, inputs: Inputs) -> None:
    made = database(student, inputs, "maximises")
    student.init_study(made.url, made.name)
    found = Answer(student.probe("direction", made.url, made.name).value, "the direction of the study")
    if found.value != "":  # else it is not one of Optuna's databases, and only its trials can tell
        expect.close(found, "MAXIMIZE", mistakes={MINIMISES: "MINIMIZE"})


@check("worker() adds trials to the study, and summary() has them", points=1, after="created", explain=RAISES)
def alone(student: Student, inputs: Inputs) -> None:
    study = database(student, inputs, "alone")
    student.init_study(study.url, study.name)
    evaluate, done = study.evaluate(student), 0
    for n_trials in (3, 2):
        study.work(student, inputs.integer(1, 10**6), n_trials, evaluate)
        answer = study.records(student)
        expect_count(len(answer.value), n_trials, done, tried=tried_with(student, evaluate))
        study.trials(answer)
        done += n_trials
    expect_ranges(student, study)
    other = another_study(study, "too")
    student.init_study(other.url, other.name)
    expect.close(
        student.summary(other.url, other.name),
        [],
        mistakes={ONE_FOR_ALL: lambda got: len(got) == done or len(got) == 1},
    )


def tried_with(student: Student, evaluate: Handle) -> list[int]:
    """How often each process has called it, as it says itself."""
    calls: list[int] = student.glance("calls_by_process", evaluate).value
    return calls


def expect_count(count: int, added: int, before: int, tried: Sequence[int] = ()) -> None:
    """summary() has so many trials as there should be; `tried`: what is known to have been evaluated."""
    mistakes = ({1: BEST_ONLY} if sum(tried) > 1 else {}) | (
        {added: GONE, max(added, before): IN_ALL} if before else {}
    )
    expect.that(
        count == before + added,
        f"After {added} trials more than {before}, summary() has {count}; expected {before + added}.",
        mistake=mistakes.get(count),
    )


def run_together(student: Student, study: Database, seeds: Sequence[int], n_trials: int) -> Handle:
    """Workers in processes of their own, all at a time; what they evaluated with."""
    reason: Any = student.elsewhere().probe("refused").value
    expect.gradable(
        reason == "",
        f"This machine does not let student code start processes ({reason}): grade it where they may be, as on "
        "Linux, and where a container's limit of processes (docker run --pids-limit) leaves room for some.",
    )
    evaluate = study.evaluate(student)
    calls = [[study.url, study.name, seed, n_trials, evaluate.thing] for seed in seeds]
    codes: list[int] = student.glance("together", student.worker.handle(), calls).value
    expect.that(
        codes == [0] * len(seeds),
        f"{len(seeds)} workers in processes of their own ended with the exit codes {show(codes)}; expected 0 for each.",
        mistake=CRASHED if 1 in codes else None,
    )
    return evaluate


@check("three workers at the same time do their trials on one study", points=2, after="alone", explain=RAISES)
def side_by_side(student: Student, inputs: Inputs) -> None:
    study = database(student, inputs, "side_by_side")
    student.init_study(study.url, study.name)
    evaluate = run_together(student, study, inputs.sample(range(1, 10**6), 3), 4)
    tried = student.findings.kept["calls by process"] = tried_with(student, evaluate)
    answer = study.records(student)
    count = len(answer.value)
    expect.that(
        count == 12,
        f"3 workers were to do 4 trials each; summary() has {count}, expected 12.",
        mistake=BEST_ONLY if count == 1 < sum(tried) else IN_ALL if 4 <= count <= 6 else None,
    )
    study.trials(answer)
