"""Lists of losses, one number per epoch, and the known ways of getting them wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.checks.compare import difference, number_of
from grader.checks.training_loops import ALL_BUT_LAST, RTOL, Batch

MEAN_TWICE = (
    "The criterion has divided by the number of samples already: divide the sum of the batches' losses by the number "
    "of batches, or weight each loss by its batch's size first."
)
SUMS = "Those are the epochs' sums: divide by the number of batches."
LAST = "That is each epoch's last batch: one batch is a noisy sample, so take the mean of all."
FIRST = "That is each epoch's first batch: take the mean of all."
NEVER_EMPTIED = "Start a new list of losses in every epoch: these means run over all epochs so far."
LAST_EPOCH = "Return a list with one number per epoch, not just the last epoch's."
EVERY_BATCH = "Those are the losses of all batches: return one number per epoch, their mean."
OTHER_DIVISOR = "The sum of the losses is divided by something other than the number of batches."


def epoch_mistakes(losses: Sequence[Sequence[float]], batches: Sequence[Batch]) -> dict[str, Any]:
    """Sentence → what that mistake gives, or a predicate of it.

    Args:
        losses: for every epoch the loss of every batch.
        batches: the batches, targets last.
    """
    sums, samples = [sum(epoch) for epoch in losses], sum(len(targets) for *_, targets in batches)
    return {
        EVERY_BATCH: [x for epoch in losses for x in epoch],
        SUMS: sums,
        MEAN_TWICE: [total / samples for total in sums],
        LAST: [epoch[-1] for epoch in losses],
        FIRST: [epoch[0] for epoch in losses],
        ALL_BUT_LAST: [sum(epoch[:-1]) / max(1, len(epoch) - 1) for epoch in losses],
        LAST_EPOCH: sums[-1] / len(losses[-1]),
        NEVER_EMPTIED: [sum(map(sum, losses[: i + 1])) / sum(map(len, losses[: i + 1])) for i in range(len(losses))],
        OTHER_DIVISOR: lambda got: _proportional(got, sums),
    }


def _proportional(got: Any, sums: Sequence[float]) -> bool:
    numbers = [number_of(item) for item in got]
    if len(numbers) != len(sums) or len(sums) < 2 or None in numbers:
        return False
    ratios = [x / s for x, s in zip(numbers, sums, strict=True) if x is not None]
    return difference(ratios, [ratios[0]] * len(ratios), rtol=RTOL) is None
