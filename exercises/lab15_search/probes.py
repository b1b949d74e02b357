"""Runs in the worker, beside the student's code: how accurate a network would be, and trials that keep a record."""

from __future__ import annotations

import math
from typing import Any

import optuna

# A line for each trial would be all that a student reads of what their own code prints.
optuna.logging.set_verbosity(optuna.logging.WARNING)


class _Surface:
    """The evaluate() that the student's code is given; surface.py has the same formula."""

    def __init__(self, best_rate: float, best_hidden: float, pace: float) -> None:
        self.best_rate, self.best_hidden, self.pace = best_rate, best_hidden, pace
        self.epochs: list[int] = []

    def __call__(self, learning_rate: float, n_hidden: int, epoch: int) -> float:
        self.epochs.append(int(epoch))
        far = (math.log10(learning_rate) - self.best_rate) ** 2 / 1.2 + ((n_hidden - self.best_hidden) / 220) ** 2
        learnt, too_much = 1 - 0.7 * math.exp(-self.pace * (epoch + 1)), 1 - 0.06 * epoch
        return 0.95 * math.exp(-far) * learnt * too_much


def surface(best_rate: float, best_hidden: float, pace: float) -> _Surface:
    return _Surface(best_rate, best_hidden, pace)


def epochs_of(evaluate: _Surface) -> list[int]:
    """The epochs that it was asked for, in that order."""
    return evaluate.epochs


class _StopsAfter(optuna.pruners.BasePruner):
    """Prunes a trial once it has reported this epoch, or a later one."""

    def __init__(self, epoch: int | None) -> None:
        self.epoch = epoch

    def prune(self, study: optuna.Study, trial: optuna.trial.FrozenTrial) -> bool:
        return self.epoch is not None and trial.last_step is not None and trial.last_step >= self.epoch


def trial(params: dict[str, Any], stop_after: int | None = None) -> optuna.Trial:
    """A trial that proposes these values, and is to be pruned once it has reported that epoch."""
    study = optuna.create_study(
        direction="maximize", sampler=optuna.samplers.RandomSampler(seed=0), pruner=_StopsAfter(stop_after)
    )
    study.enqueue_trial(params)
    return study.ask()


def asked_for(of: optuna.Trial) -> dict[str, dict[str, Any]]:
    """What a trial was asked for: name → whether it is a whole number, its bounds, whether its scale is logarithmic."""
    return {
        name: {
            "whole": isinstance(asked, optuna.distributions.IntDistribution),
            "low": getattr(asked, "low", None),
            "high": getattr(asked, "high", None),
            "log": getattr(asked, "log", None),
        }
        for name, asked in of.distributions.items()
    }


def reported(of: optuna.Trial) -> dict[int, float]:
    """What was reported to a trial: step → value."""
    return of.study.trials[of.number].intermediate_values
