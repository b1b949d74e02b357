"""Hidden checks of lab15: first draws by decades, a search that learns, prunes as it is told, and repeats itself.

Each is right for a search whatever its seed: the odds against it are told beside the numbers.
"""

from __future__ import annotations

import numpy as np

from grader import Inputs, Student, check, expect

from .checks import NOT_LOG, Search, Trial
from .surface import FEWEST, HIGHEST_RATE, LOWEST_RATE, MOST, Surface, random_surface

DOWNHILL = 'The search went for the lowest accuracy: say direction="maximize".'
NOT_LEARNT = "Later trials are no better than drawn at random: let TPESampler(seed=seed) propose the values."
DOWN = 'It stops what is above the median: a study minimises unless told direction="maximize".'
TOO_SOON = "Give MedianPruner the n_startup_trials: left alone, a study begins to prune with its sixth trial."
TOO_EARLY = "Give MedianPruner the n_warmup_steps: left alone, a study prunes from the first epoch on."
NO_PRUNING = "Let each epoch's should_prune() decide, and give the study MedianPruner."
NEW_SAMPLER = "Make the sampler with this seed, and anew in every call: one that was used goes on where it stopped."
SEED_IGNORED = "Hand the seed on to the sampler: this one does not depend on it."

LOW_RATE, FEWEST_LOW = 1e-3, 6
"""Of 40 first draws by decades half are below 1e-3, and fewer than 6 once in a million; of uniform ones 1 in 100 is."""
LEARNT, UNLEARNT = 0.68, 0.3
"""Mean rank of the last 30 of 60 trials: 0.82 ± 0.03 for TPE, 0.50 ± 0.05 drawn at random, 0.17 ± 0.03 downhill."""


@check("the first draws of learning rates go by decades", points=1, after="searches")
def log_scale(student: Student, inputs: Inputs) -> None:
    search = Search(random_surface(inputs), n_trials=10, n_epochs=1, n_startup_trials=10)
    trials = [trial for seed in inputs.integers(4, 1, 10**6) for trial in search.run(student, seed)]
    low = sum(trial.rate < LOW_RATE for trial in trials)
    expect.that(
        low >= FEWEST_LOW,
        f"Of the first 10 learning rates in each of 4 searches {low} are below {LOW_RATE:g}; expected about 20.",
        mistake=NOT_LOG,
    )


@check("later trials of run_search() are better than the first", points=1, after="log_scale")
def learns(student: Student, inputs: Inputs) -> None:
    surface = random_surface(inputs)
    search = Search(surface, n_trials=60, n_epochs=1, n_startup_trials=60)
    mean = float(np.mean(ranks_of(search.run(student, inputs.integer(1, 10**6))[30:], surface)))
    expect.that(
        mean >= LEARNT,
        f"On average the last 30 of 60 trials beat {mean:.0%} of what there is; expected at least {LEARNT:.0%}.",
        mistake=DOWNHILL if mean < UNLEARNT else NOT_LEARNT,
    )


def ranks_of(trials: list[Trial], surface: Surface) -> list[float]:
    """For each trial the share of all that could be drawn, by decades, that it beats."""
    rates = np.logspace(np.log10(LOWEST_RATE), np.log10(HIGHEST_RATE), 60)
    everything = np.sort([surface(rate, hidden, 0) for rate in rates for hidden in range(FEWEST, MOST + 1, 7)])
    return [float(np.searchsorted(everything, surface(t.rate, t.hidden, 0)) / len(everything)) for t in trials]


@check(
    "run_search() prunes by the median, after the trials and epochs that it is told to wait for",
    points=1,
    after="searches",
)
def prunes_by_the_median(student: Student, inputs: Inputs) -> None:
    pruned = 0
    for startup, warmup in ((inputs.integer(13, 15), 2), (15, 3)):
        search = Search(random_surface(inputs), 32, 6, startup, warmup)
        trials = search.run(student, inputs.integer(1, 10**6))
        for trial in trials:
            if trial.pruned:
                expect_rightly_pruned(trial, [t for t in trials[: trial.number] if not t.pruned], search)
                pruned += 1
    # Each trial stands below the median of those before it almost every second time: of 34 some do.
    expect.that(pruned > 0, "Of 64 trials in two searches none was pruned.", mistake=NO_PRUNING)


def expect_rightly_pruned(trial: Trial, complete: list[Trial], search: Search) -> None:
    """A trial was pruned when it might be; `complete`: those that had ended before it."""
    epoch = max(trial.accuracies, default=-1)
    expect.that(
        len(complete) >= search.n_startup_trials,
        f"Trial {trial.number} was pruned when {len(complete)} trials were complete; expected none before "
        f"n_startup_trials={search.n_startup_trials} are.",
        mistake=TOO_SOON,
    )
    expect.that(
        epoch >= search.n_warmup_steps,
        f"Trial {trial.number} was pruned after epoch {epoch}; expected none before epoch {search.n_warmup_steps}, "
        f"for n_warmup_steps={search.n_warmup_steps}.",
        mistake=TOO_EARLY,
    )
    best = max(trial.accuracies.values())
    median = float(np.median([other.accuracies[epoch] for other in complete]))
    expect.that(
        best < median,
        f"Trial {trial.number} was pruned after epoch {epoch}, when its best accuracy was {best:.6g} and the median "
        f"of the others {median:.6g}.",
        mistake=DOWN,
    )


@check("run_search() repeats itself for the same seed, and for no other", points=1, after="searches")
def same_seed(student: Student, inputs: Inputs) -> None:
    search = Search(random_surface(inputs), n_trials=12, n_epochs=2, n_startup_trials=12)
    one, other = inputs.sample(range(1, 10**6), 2)
    first, between, again = (drawn(search.run(student, seed)) for seed in (one, other, one))
    expect.that(
        between[0] != first[0],
        f"The searches with the seeds {one} and {other} began with the same values, {first[0]}.",
        mistake=SEED_IGNORED,
    )
    place = next((i for i, (a, b) in enumerate(zip(first, again, strict=True)) if a != b), None)
    expect.that(
        place is None,
        f"Two searches with the seed {one} differ in trial {place}.",
        mistake=NEW_SAMPLER,
    )


def drawn(trials: list[Trial]) -> list[tuple[float, int]]:
    """The values that were proposed."""
    return [(trial.rate, trial.hidden) for trial in trials]
