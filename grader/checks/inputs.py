"""Fresh random inputs for a check, from a seed: the same seed gives the same inputs, another check others."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np

T = TypeVar("T")
DIGITS = 3
"""Decimals of the numbers that students read in messages, so that they can type them in again."""


def derive(seed: int, *names: str, secret: bytes = b"") -> int:
    """A 63-bit seed for `names` under `seed`; with a secret, one that cannot be guessed from `seed`."""
    text = "/".join((str(seed), *names)).encode()
    digest = hmac.new(secret, text, hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def class_seed(secret: bytes, student: str, exercise: str, attempt: int) -> int:
    """The seed of one student's questions in a class that has `secret`: HMAC-SHA-256, cut to 53 bits.

    As many bits as every reader of JSON keeps; two of 4,000 students share one with a probability of 1e-9.
    """
    # The student's name comes last: it alone may hold a slash.
    return derive(attempt, "class", exercise, student, secret=secret) >> 10


class Inputs:
    """A source of random inputs for one check. Arrays are float32 unless said otherwise."""

    def __init__(self, seed: int) -> None:
        import numpy as np

        self.seed = seed
        self._generator = np.random.Generator(np.random.PCG64(seed))

    def number(self, low: float, high: float) -> float:
        """A float in [low, high], with three decimals unless that would leave the interval."""
        return min(max(round(float(self._generator.uniform(low, high)), DIGITS), low), high)

    def numbers(self, count: int, low: float, high: float) -> list[float]:
        """`count` such floats."""
        return [self.number(low, high) for _ in range(count)]

    def points(self, count: int, dimensions: int = 2, *, low: float, high: float) -> list[tuple[float, ...]]:
        """`count` points, each a tuple of `dimensions` such floats."""
        return [tuple(self.numbers(dimensions, low, high)) for _ in range(count)]

    def integer(self, low: int, high: int) -> int:
        """An int in low..high, both included."""
        return int(self._generator.integers(low, high + 1))

    def integers(self, count: int, low: int, high: int) -> list[int]:
        """`count` distinct ints in low..high, in random order.

        Raises:
            ValueError: if there are not that many.
        """
        return [low + int(i) for i in self._generator.choice(high - low + 1, count, replace=False)]

    def normal(self, *shape: int) -> np.ndarray[Any, Any]:
        """A float32 array of this shape, standard normal."""
        return self._generator.standard_normal(shape).astype("float32")

    def uniform(self, *shape: int, low: float = 0.0, high: float = 1.0) -> np.ndarray[Any, Any]:
        """A float32 array of this shape, uniform in [low, high]."""
        return self._generator.uniform(low, high, shape).astype("float32")

    def choice(self, items: Sequence[T]) -> T:
        """One of `items`."""
        return items[int(self._generator.integers(len(items)))]

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different ones of `items`, in random order.

        Raises:
            ValueError: if there are not that many.
        """
        return [items[int(i)] for i in self._generator.choice(len(items), count, replace=False)]
