"""Scales that turn a score into points, and how surely a score is known."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass


def standard_error(share: float, count: int) -> float:
    """Of a share that was measured on so many rows: sqrt(p (1 - p) / n)."""
    return math.sqrt(max(0.0, share * (1 - share)) / count)


@dataclass(frozen=True)
class Scale:
    """Points for a score: straight lines between steps (score, points), which rise in both."""

    steps: Sequence[tuple[float, float]]

    @property
    def most(self) -> float:
        """The points of the highest step."""
        return self.steps[-1][1]

    def points(self, score: float) -> float:
        """Points for a score: the lowest step's below it, the highest one's above."""
        index = bisect.bisect_right([step for step, _ in self.steps], score)
        if index == 0:
            return self.steps[0][1]
        if index == len(self.steps):
            return self.most
        (low, few), (high, many) = self.steps[index - 1], self.steps[index]
        return few + (many - few) * (score - low) / (high - low)
