"""What the answers of lab14 are, and what its mistakes would give; NumPy, in float64."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Inputs, Tensor, difference, number_of

Array = np.ndarray[Any, Any]

TELLING = 0.004
"""How far the losses of two mistakes, and each from the right one, are apart at least; ten times the tolerance."""
ATOL = 1e-4
"""Of losses of moderate logits, which are between 0 and 20; float32 is off by 1e-6."""

OVER_SAMPLES = "Your softmax runs over the samples: it must run over the classes, dim=1, so that each row adds up to 1."
OVER_ALL = "All your probabilities together add up to 1, but each row should: use softmax with dim=1."
SIGMOIDS = "Exactly one class is true, so the probabilities of a row must add up to 1: use softmax, not sigmoid."
LOGARITHMS = "These are the logarithms of the probabilities: use softmax, not log_softmax."
UNTOUCHED = "These are the unchanged logits: turn them into probabilities."
NOT_DIVIDED = "These are exp(logits): divide each row by its sum, as softmax does."
DECIDED = "These are classes: return the probability of every class."
OVERFLOWS = "exp() of a large logit is infinite, and log(0) is, too: torch.softmax and F.cross_entropy avoid both."
SATURATES = "You lose tiny probabilities before you take the logarithm: take log_softmax of the logits instead."

NOT_SMOOTHED = "That is the loss without smoothing: eps must change the target."
AMONG_OTHERS = "All K classes share eps, including the true one: each gets eps/K, not eps/(K-1)."
NOT_TAKEN_AWAY = "You must take what the classes share from the true one first: its target is 1 - eps + eps/K."
GIVEN_TO_NOBODY = "You took eps from the true class but gave it to nobody: share it among all K classes."
EACH_GETS_ALL = "You gave all of eps to every class: each of the K classes gets eps/K."
EPS_TURNED = "You swapped eps and 1 - eps: eps is the part that all classes share."
SMOOTHS_PREDICTION = "You smoothed the predicted probabilities: smooth the target, and leave the prediction alone."
SMOOTHS_LOGITS = "You smoothed the logits: smooth the target distribution, and leave the prediction alone."
FIXED_EPS = "That is the loss for eps = 0.1: use the argument eps."
SOFTMAX_TWICE = "You applied softmax twice: cross_entropy takes the logits themselves."
SUMMED = "That is the sum over the samples: take the mean."
NEGATED = "The sign is wrong: the loss is minus the logarithm, and never below 0."
NOT_REDUCED = "The loss must be a single number: take the mean over the samples."

NOT_WEIGHTED = "That is the plain mean, in which the weights have no effect: use them."
DIVIDED_BY_N = "You divided by the number of samples: divide by the sum of their weights."
NOT_DIVIDED_AT_ALL = "That is the weighted sum: divide it by the sum of the samples' weights."
DIVIDED_BY_CLASSES = "You divided by the sum over the K classes: divide by the sum over the samples, weights[y].sum()."
WEIGHTS_ON_LOGITS = "You multiplied the logits by the weights: multiply the losses of the samples."
MEANS_OF_CLASSES = (
    "You averaged within each class first: take one mean in which every sample has its own weight, weights[y]."
)
PROBABILITIES_TO_NLL = (
    "NLLLoss takes log-probabilities: pass it log_softmax(logits), or pass the logits to cross_entropy."
)


def log_softmax(z: Array, axis: int | None = 1) -> Array:
    """z - log(sum(exp(z))), without overflow."""
    top = z - z.max(axis=axis, keepdims=True)
    result: Array = top - np.log(np.exp(top).sum(axis=axis, keepdims=True))
    return result


def softmax(z: Array, axis: int | None = 1) -> Array:
    """The probabilities."""
    return np.exp(log_softmax(z, axis))


def of_true(log_p: Array, y: Array) -> Array:
    """-log p of the true class, for every row."""
    result: Array = -log_p[np.arange(len(y)), y]
    return result


@dataclass(frozen=True)
class Batch:
    """Logits (n, K), float32 values in float64, and true classes (n,), int64."""

    logits: Array
    y: Array

    @property
    def sent(self) -> Array:
        """The logits as the student gets them."""
        return self.logits.astype("float32")


def batch_of(logits: Any, y: Any) -> Batch:
    """A batch; the logits are rounded to float32."""
    return Batch(np.asarray(logits, "float32").astype("float64"), np.asarray(y, "int64"))


def random_batch(inputs: Inputs, scale: float = 1.5) -> Batch:
    """4 to 6 samples and more classes than those; moderate logits."""
    n = inputs.integer(4, 6)
    k = n + inputs.integer(1, 3)
    return batch_of(scale * inputs.normal(n, k), [inputs.integer(0, k - 1) for _ in range(n)])


def telling(draw: Callable[[], tuple[Any, float, Mapping[str, Any]]]) -> tuple[Any, float, Mapping[str, Any]]:
    """Draw (what is asked, right loss, mistakes) until all losses are apart from each other."""
    while True:
        drawn = draw()
        values = sorted([drawn[1], *(value for value in drawn[2].values() if isinstance(value, float))])
        if all(b - a > TELLING for a, b in itertools.pairwise(values)):
            return drawn


def mistaken_probabilities(z: Array) -> dict[str, Any]:
    """Sentence → what this mistake makes of the logits."""
    right = softmax(z)
    return {
        OVERFLOWS: not_finite,
        OVER_SAMPLES: softmax(z, 0),
        OVER_ALL: softmax(z, None),
        SIGMOIDS: 1 / (1 + np.exp(-z)),
        LOGARITHMS: log_softmax(z),
        UNTOUCHED: z,
        NOT_DIVIDED: np.exp(z),
        DECIDED: lambda got: isinstance(got, Tensor) and got.shape != right.shape and got.array.dtype.kind in "iu",
    }


def smoothed(log_p: Array, y: Array, eps: float) -> float:
    """The mean cross-entropy with targets smoothed by eps (torch.nn.CrossEntropyLoss, label_smoothing)."""
    return float(((1 - eps) * of_true(log_p, y) - eps * log_p.mean(1)).mean())


def mistaken_smoothing(batch: Batch, eps: float) -> dict[str, Any]:
    """Sentence → the loss that this mistake gives, or a predicate."""
    z, y = batch.logits, batch.y
    k, log_p = z.shape[1], log_softmax(z)
    true, even = of_true(log_p, y), -log_p.mean(1)
    right = smoothed(log_p, y, eps)
    known = {
        NOT_SMOOTHED: true.mean(),
        AMONG_OTHERS: ((1 - eps) * true + eps * (k * even - true) / (k - 1)).mean(),
        NOT_TAKEN_AWAY: (true + eps * even).mean(),
        GIVEN_TO_NOBODY: ((1 - eps) * true).mean(),
        EACH_GETS_ALL: ((1 - eps) * true + eps * k * even).mean(),
        EPS_TURNED: smoothed(log_p, y, 1 - eps),
        SMOOTHS_PREDICTION: of_true(np.log((1 - eps) * np.exp(log_p) + eps / k), y).mean(),
        SMOOTHS_LOGITS: of_true(log_softmax((1 - eps) * z), y).mean(),
        FIXED_EPS: smoothed(log_p, y, 0.1),
        SOFTMAX_TWICE: smoothed(log_softmax(np.exp(log_p)), y, eps),
        SUMMED: right * len(y),
        NEGATED: -right,
    }
    return {**{sentence: float(value) for sentence, value in known.items()}, NOT_REDUCED: has_dimensions}


def weighted(losses: Array, weights: Array) -> float:
    """Σ wᵢ lᵢ / Σ wᵢ (torch.nn.CrossEntropyLoss, weight, reduction="mean")."""
    return float((losses * weights).sum() / weights.sum())


def weighted_loss(batch: Batch, weights: Array) -> float:
    """What weighted_loss() is to give."""
    return weighted(of_true(log_softmax(batch.logits), batch.y), weights[batch.y])


def mistaken_weighting(batch: Batch, weights: Array) -> dict[str, Any]:
    """Sentence → the loss that this mistake gives, or a predicate."""
    z, y = batch.logits, batch.y
    p = softmax(z)
    losses, each = of_true(log_softmax(z), y), weights[y]
    classes = sorted(set(y.tolist()))
    means = np.array([losses[y == c].mean() for c in classes])
    known = {
        NOT_WEIGHTED: losses.mean(),
        DIVIDED_BY_N: (losses * each).mean(),
        NOT_DIVIDED_AT_ALL: (losses * each).sum(),
        DIVIDED_BY_CLASSES: (losses * each).sum() / weights.sum(),
        WEIGHTS_ON_LOGITS: of_true(log_softmax(z * weights), y).mean(),
        MEANS_OF_CLASSES: weighted(means, weights[classes]),
        SOFTMAX_TWICE: weighted(of_true(log_softmax(p), y), each),
        PROBABILITIES_TO_NLL: weighted(of_true(p, y), each),
        NEGATED: -weighted(losses, each),
    }
    return {
        **{sentence: float(value) for sentence, value in known.items()},
        NOT_REDUCED: lambda got: has_dimensions(got) or same(got, (losses * each).tolist()),
    }


def balanced(counts: Array) -> Array:
    """The weights of classes with these counts: inverse to them, 0 where there are none, with the sum 1."""
    inverse = np.where(counts > 0, 1 / np.maximum(counts, 1), 0.0)
    result: Array = inverse / inverse.sum()
    return result


def has_dimensions(got: Any) -> bool:
    """Whether this is a tensor of several numbers."""
    return isinstance(got, Tensor) and got.shape != ()


def same(got: Any, value: Any) -> bool:
    """Whether an answer is this value."""
    return difference(got, value, atol=ATOL) is None


def not_finite(got: Any) -> bool:
    """Whether an answer, a number or a tensor, holds NaN or infinity."""
    if isinstance(got, Tensor):
        return not np.isfinite(got.array).all()
    number = number_of(got)
    return number is not None and not np.isfinite(number)
