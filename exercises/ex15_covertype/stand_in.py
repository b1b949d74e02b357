"""`covlike`: a generated stand-in for CoverType, for machines that have neither its cache nor a network.

A world is drawn from a seed: correlated numeric columns on CoverType's scales, areas and soils that depend on them, and
a small random teacher network that names the class, at CoverType's real frequencies; 2 % of the labels are noise. They
differ in difficulty, so an accuracy says little by itself: it is held against a linear model and a plain MLP, which are
trained on the same rows (`anchors`).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from grader import torch_here

from .table import AREAS, CLASSES, NUMERIC, SOILS, Table

if TYPE_CHECKING:
    import numpy as np
    import torch

    Array = np.ndarray[Any, Any]

# CoverType's own, from its 581,012 rows.
_FREQUENCIES: Final = (0.3646, 0.4876, 0.0615, 0.0047, 0.0163, 0.0299, 0.0353)
_MEANS: Final = (2959, 156, 14, 269, 46, 2350, 212, 223, 143, 1980)
_SPREADS: Final = (280, 112, 7.5, 212, 58, 1559, 27, 20, 38, 1324)
_NOISE: Final = 0.02
_ROUNDS: Final = 120


@dataclass(frozen=True)
class Extent:
    """How large a world is and how hard.

    rows: train, valid, test. teacher: hidden units of the teacher network. linear: weight of a linear part beside it.
    layers, epochs, batch, rate: of the plain MLP that accuracies are held against.
    """

    rows: tuple[int, int, int]
    teacher: int
    linear: float
    layers: tuple[int, ...]
    epochs: int
    batch: int
    rate: float


FULL: Final = Extent((40_000, 4_000, 8_000), 24, 0.55, (128, 64), 10, 256, 6e-3)
REHEARSAL: Final = Extent((3_000, 800, 2_000), 5, 0.15, (32,), 5, 128, 3e-2)
"""A world in which a small MLP beats a linear model within a second: to prove the kit with."""


@dataclass(frozen=True)
class Anchors:
    """What is to be expected in a world: accuracy and macro recall of a linear model and of a plain MLP."""

    linear: float
    linear_recall: float
    mlp: float
    mlp_recall: float

    def relative(self, accuracy: float) -> float:
        """Where an accuracy lies between the linear model (0) and the MLP (1)."""
        return (accuracy - self.linear) / max(1e-6, self.mlp - self.linear)


@functools.lru_cache(maxsize=2)
def world(seed: int, scale: Extent) -> Table:
    """The rows of a world: sum(scale.rows) of them, in random order."""
    import numpy as np

    generator = np.random.Generator(np.random.PCG64(seed))
    count, normal = sum(scale.rows), generator.standard_normal
    numeric = normal((count, NUMERIC)) @ (np.eye(NUMERIC) + 0.25 * normal((NUMERIC, NUMERIC)))
    area = _choose(generator, numeric @ (0.8 * normal((NUMERIC, AREAS))))
    soils = SOILS - 1  # one never occurs, as may happen to a rare one among the training rows
    soil = _choose(generator, numeric @ (0.7 * normal((NUMERIC, soils))) + 1.5 * normal((AREAS, soils))[area])
    hidden = numeric @ normal((NUMERIC, scale.teacher)) * (1.6 / np.sqrt(NUMERIC)) + normal(scale.teacher)
    hidden += 0.6 * normal((AREAS, scale.teacher))[area] + 0.6 * normal((SOILS, scale.teacher))[soil]
    scores = 1.5 * _standard(np.tanh(hidden) @ normal((scale.teacher, CLASSES)))
    scores += scale.linear * _standard(numeric @ normal((NUMERIC, CLASSES)))
    target = _at_frequencies(scores)
    noisy = generator.random(count) < _NOISE
    target[noisy] = generator.choice(CLASSES, int(noisy.sum()), p=_shares())
    scaled = np.round(_standard(numeric) * np.array(_SPREADS) + np.array(_MEANS)).astype("float32")
    return Table(scaled, area.astype("uint8"), soil.astype("uint8"), (target + 1).astype("uint8"))


def _shares() -> Array:
    import numpy as np

    return np.array(_FREQUENCIES) / sum(_FREQUENCIES)


def _standard(values: Array) -> Array:
    result: Array = (values - values.mean(0)) / values.std(0)
    return result


def _choose(generator: np.random.Generator, scores: Array) -> Array:
    """A random category for each row, by the softmax of its scores (the Gumbel-max trick)."""
    result: Array = (scores + generator.gumbel(size=scores.shape)).argmax(1)
    return result


def _at_frequencies(scores: Array) -> Array:
    """The best class of each row, after shifting the scores until the classes are as frequent as they should be."""
    import numpy as np

    shares, shift = _shares(), np.zeros(CLASSES)
    for number in range(_ROUNDS):
        found = np.bincount((scores + shift).argmax(1), minlength=CLASSES) / len(scores)
        # Ever smaller steps: large ones may swing between two classes for ever.
        shift += 0.15 * (1 - number / _ROUNDS) * np.log(shares / np.maximum(found, 1e-5))
    result: Array = (scores + shift).argmax(1)
    return result


def anchors(train: Table, test: Table, scale: Extent, seed: int) -> Anchors:
    """Train the two models that accuracies in a world are held against: on the CPU, in seconds."""
    torch_here.load()
    import torch

    X, X_test = train.features(), test.features()
    mean, spread = X.mean(0), X.std(0)
    spread[spread == 0] = 1
    inputs, targets = _tensors((X - mean) / spread, train.target)
    test_inputs, test_targets = _tensors((X_test - mean) / spread, test.target)
    results = []
    with torch.random.fork_rng(devices=[]), torch_here.one_thread():
        for layers, epochs, rate in (((), 5, 2e-2), (scale.layers, scale.epochs, scale.rate)):
            torch.manual_seed(seed)
            model = _train(inputs, targets, layers, epochs, scale.batch, rate)
            with torch.no_grad():
                right = model(test_inputs).argmax(1) == test_targets
            recalls = [right[test_targets == k].float().mean().item() for k in range(CLASSES) if k in test_targets]
            results += [right.float().mean().item(), sum(recalls) / len(recalls)]
    return Anchors(*results)


def _tensors(X: Array, labels: Array) -> tuple[torch.Tensor, torch.Tensor]:
    import torch

    return torch.from_numpy(X.astype("float32")), torch.from_numpy(labels.astype("int64") - 1)


def _train(
    X: torch.Tensor, y: torch.Tensor, layers: tuple[int, ...], epochs: int, batch: int, rate: float
) -> torch.nn.Module:
    import itertools

    import torch
    from torch import nn

    sizes = (X.shape[1], *layers)
    parts: list[nn.Module] = []
    for inner, outer in itertools.pairwise(sizes):
        parts += [nn.Linear(inner, outer), nn.ReLU()]
    model = nn.Sequential(*parts, nn.Linear(sizes[-1], CLASSES))
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate)
    steps = epochs * -(-len(X) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    for _ in range(epochs):
        for rows in torch.split(torch.randperm(len(X)), batch):
            loss = nn.functional.cross_entropy(model(X[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return model.eval()
