"""Public checks of lab15: one trial, what it asks for, reports and heeds, and a search of a few trials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader import Answer, CheckFailed, Inputs, Student, StudentRaised, check, cut, difference, expect, show, type_of

from .surface import FEWEST, HIGHEST_RATE, LOWEST_RATE, MOST, Surface, random_params, random_surface

RTOL = 1e-4
"""An accuracy may have been a float32 on its way; each mistake's differs by at least one in a hundred."""
RATE, HIDDEN = "learning_rate", "n_hidden"
KEYS = ("number", "state", "params", "value", "intermediate")

NOT_ASKED = 'Ask the trial for both, by these very names: "learning_rate" and "n_hidden".'
FIRST = "That is the accuracy after the first epoch: return the one after the last."
BEST = "That is the best of all epochs: the accuracy after the last one is asked for."
ONE_TOO_MANY = "That is an epoch too far: the first epoch is 0, the last is n_epochs - 1."
MEAN = "That is the mean over the epochs: return the accuracy after the last one."
SWAPPED = "The arguments of evaluate are swapped: evaluate(learning_rate, n_hidden, epoch)."

NOT_WHOLE = "n_hidden is a number of neurons: ask with suggest_int, and it is whole wherever you read it."
NOT_LOG = "Learning rates go by decades: suggest_float(…, log=True) makes each as likely as any other."
BOUNDS = "Learning rates go from 1e-5 to 1e-1, neurons from 20 to 300."

NOTHING_REPORTED = "Nothing was reported: trial.report(accuracy, epoch) after each epoch."
ONLY_END = "Only the last accuracy was reported: report every epoch's, or there is nothing to prune by."
ONE_STEP = "Everything under one step, and only the first was kept: report each accuracy under its own epoch."
FROM_ONE = "The first epoch is 0 in a report, too."

RETURNED = "should_prune() says True here: raise optuna.TrialPruned(), and let nothing of yours catch it."
WENT_ON = "evaluate was called though the trial was to stop: ask should_prune() after each epoch, not after all."

NOT_ALL = "All trials are asked for, not the best one alone: go through study.trials."
NO_DICTS = "These are Optuna's own trials: make a plain dict of each."
STATE_NAME = "The state is asked for by its name: trial.state.name."
INVENTED = "That is not what evaluate says of these params: return what the trials came to."
NOT_RAISED = "A trial that is to stop must raise optuna.TrialPruned(): one that returns counts as complete."


def last_accuracies(surface: Surface, params: Mapping[str, float], epochs: int) -> dict[int, float]:
    """Epoch → accuracy."""
    return {epoch: surface(params[RATE], params[HIDDEN], epoch) for epoch in range(epochs)}


@check("objective() returns the accuracy after the last epoch, for the values that the trial proposes", points=2)
def last_accuracy(student: Student, inputs: Inputs) -> None:
    for epochs in inputs.sample((5, 6, 7), 3):
        surface, params = random_surface(inputs), random_params(inputs)
        trial = student.make("trial", params, called="trial")
        answer = student.objective(trial, surface.in_worker(student), epochs)
        accuracies = list(last_accuracies(surface, params, epochs).values())
        asked: Any = student.glance("asked_for", trial).value
        expect.close(
            answer,
            accuracies[-1],
            rtol=RTOL,
            mistakes={
                NOT_ASKED: lambda got, asked=asked: not {RATE, HIDDEN} <= set(asked),
                FIRST: accuracies[0],
                BEST: max(accuracies),
                ONE_TOO_MANY: surface(params[RATE], params[HIDDEN], epochs),
                MEAN: sum(accuracies) / epochs,
                SWAPPED: surface(params[HIDDEN], params[RATE], epochs - 1),
            },
        )


@check("objective() asks for the ranges that are told", points=1, kind="W", after="last_accuracy")
def asks_for_ranges(student: Student, inputs: Inputs) -> None:
    trial = student.make("trial", random_params(inputs), called="trial")
    student.objective(trial, random_surface(inputs).in_worker(student), 2)
    wanted = {
        RATE: {"whole": False, "low": LOWEST_RATE, "high": HIGHEST_RATE, "log": True},
        HIDDEN: {"whole": True, "low": FEWEST, "high": MOST, "log": False},
    }
    asked = Answer(student.probe("asked_for", trial).value, "what the trial was asked for")
    expect.close(
        asked,
        wanted,
        mistakes={
            NOT_WHOLE: lambda got: got[HIDDEN]["whole"] is False,
            NOT_LOG: lambda got: got[RATE]["log"] is False,
            BOUNDS: lambda got: any(got[name][end] != wanted[name][end] for name in wanted for end in ("low", "high")),
        },
    )


@check("objective() reports the accuracy of each epoch", points=1, kind="W", after="last_accuracy")
def reports(student: Student, inputs: Inputs) -> None:
    surface, params, epochs = random_surface(inputs), random_params(inputs), inputs.integer(4, 6)
    trial = student.make("trial", params, called="trial")
    student.objective(trial, surface.in_worker(student), epochs)
    right = last_accuracies(surface, params, epochs)
    expect.close(
        Answer(student.probe("reported", trial).value, "what was reported to the trial"),
        right,
        rtol=RTOL,
        mistakes={
            NOTHING_REPORTED: {},
            ONLY_END: lambda got: difference(list(got.values()), [right[epochs - 1]], rtol=RTOL) is None,
            ONE_STEP: lambda got: difference(list(got.values()), [right[0]], rtol=RTOL) is None,
            FROM_ONE: {epoch + 1: value for epoch, value in right.items()},
        },
    )


@check("objective() stops a trial as soon as it is to be pruned", points=1, kind="W", after="reports")
def prunes(student: Student, inputs: Inputs) -> None:
    for stop in (inputs.integer(1, 3), 0):
        evaluate = random_surface(inputs).in_worker(student)
        trial = student.make("trial", random_params(inputs), stop, called="trial")
        try:
            answer = student.objective(trial, evaluate, 6)
        except StudentRaised as met:
            if "TrialPruned" not in met.raised.bases:
                raise
        else:
            raise CheckFailed(
                f"The trial was to stop after epoch {stop}, but {answer.question} returned {show(answer.value)}.",
                mistake=RETURNED,
            )
        epochs: Any = student.probe("epochs_of", evaluate).value
        expect.that(
            epochs == list(range(stop + 1)),
            f"The trial was to stop after epoch {stop}; evaluate was called for the epochs {cut(show(epochs), 80)}.",
            mistake=WENT_ON if isinstance(epochs, list) and len(epochs) > stop + 1 else None,
        )


@dataclass(frozen=True)
class Search:
    """What run_search() is asked for."""

    surface: Surface
    n_trials: int
    n_epochs: int
    n_startup_trials: int
    n_warmup_steps: int = 0

    def run(self, student: Student, seed: int) -> list[Trial]:
        """The student's search, whose trials are all what evaluate says of their params."""
        evaluate = self.surface.in_worker(student)
        answer = student.run_search(
            evaluate,
            self.n_trials,
            self.n_epochs,
            seed,
            self.n_startup_trials,
            self.n_warmup_steps,
        )
        records = answer.value
        if not (isinstance(records, list | tuple) and len(records) == self.n_trials):
            tried: Any = student.probe("epochs_of", evaluate).value
            raise CheckFailed(
                f"{answer.question} returned {_form(records)}; expected a list of {self.n_trials} dicts.",
                mistake=_misunderstood(records, tried.count(0) if isinstance(tried, list) else 0),
            )
        return [self._trial(Answer(record, f"trial {i} of {answer.question}"), i) for i, record in enumerate(records)]

    def _trial(self, answer: Answer, number: int) -> Trial:
        record = answer.value
        expect.that(
            isinstance(record, dict) and set(KEYS) <= set(record),
            f"{answer.question} is {_form(record)}; expected a dict with the keys {', '.join(KEYS)}.",
            mistake=None if isinstance(record, dict) else NO_DICTS,
        )
        expect.close(_part(answer, "number"), number)
        state, params, shown = record["state"], record["params"], record["intermediate"]
        expect.that(
            state in ("COMPLETE", "PRUNED") if isinstance(state, str) else False,
            f"The state of {answer.question} is {show(state)}; expected 'COMPLETE' or 'PRUNED'.",
            mistake=None if isinstance(state, str) else STATE_NAME,
        )
        rate, hidden = _in_range(answer, params)
        epochs = len(shown) if isinstance(shown, dict) and state == "PRUNED" else self.n_epochs
        right = last_accuracies(self.surface, {RATE: rate, HIDDEN: hidden}, min(epochs, self.n_epochs))
        short = isinstance(shown, dict) and 0 < len(shown) < epochs
        expect.close(
            _part(answer, "intermediate"), right, rtol=RTOL, mistakes={NOT_RAISED: lambda got: short and min(got) == 0}
        )
        if state == "COMPLETE" or record["value"] is not None:
            expect.close(
                _part(answer, "value"),
                right[max(right)] if right else None,
                rtol=RTOL,
                mistakes={INVENTED: lambda got: isinstance(got, float)},
            )
        return Trial(number, state == "PRUNED", rate, hidden, right)


@dataclass(frozen=True)
class Trial:
    """A trial that is what it should be: what it came to, epoch by epoch."""

    number: int
    pruned: bool
    rate: float
    hidden: int
    accuracies: dict[int, float]


def _part(answer: Answer, key: str) -> Answer:
    return Answer(answer.value[key], f"the {key} of {answer.question}")


def _form(value: Any) -> str:
    return f"a list of {len(value)}" if isinstance(value, list | tuple) else type_of(value)


def _misunderstood(records: Any, tried: int) -> str | None:
    """What to say of records that are not a list of the right length, after so many trials were begun."""
    if records is None:
        return "Your function returned None: hand the list back with `return`."
    alone = isinstance(records, dict) or (isinstance(records, list) and len(records) == 1)
    return NOT_ALL if alone and tried > 1 else None


def _in_range(answer: Answer, params: Any) -> tuple[float, int]:
    """The params of a trial, which are what they may be."""
    named = isinstance(params, dict) and {RATE, HIDDEN} == set(params)
    rate, hidden = (params[RATE], params[HIDDEN]) if named else (None, None)
    message = f"The params of {answer.question} are {cut(show(params), 120)}; "
    expect.that(named, message + "expected learning_rate and n_hidden.", mistake=NOT_ASKED)
    whole = isinstance(hidden, int) and not isinstance(hidden, bool)
    expect.that(whole, message + "expected n_hidden to be an int.", mistake=NOT_WHOLE)
    inside = isinstance(rate, float) and LOWEST_RATE <= rate <= HIGHEST_RATE and FEWEST <= hidden <= MOST
    expect.that(inside, message + "expected both inside their ranges.", mistake=BOUNDS)
    return rate, hidden  # type: ignore[return-value]


@check("run_search() gives a record of every trial", points=1)
def searches(student: Student, inputs: Inputs) -> None:
    epochs, surface = 6, random_surface(inputs)
    while not surface.tells_means(epochs):
        surface = random_surface(inputs)
    search = Search(surface, n_trials=5, n_epochs=epochs, n_startup_trials=5)
    for trial in search.run(student, inputs.integer(1, 10**6)):
        expect.that(not trial.pruned, f"Trial {trial.number} was pruned before 5 trials were complete.")
