"""Which device to grade on: `--device auto|cpu|cuda[:n]|mps` against what is there."""

from __future__ import annotations

import re
from pathlib import Path

from grader.errors import UsageError
from grader.exercises.exercise import Exercise

_FORM = re.compile(r"auto|cpu|mps|cuda(:\d+)?")


def check_form(device: str) -> str:
    """The device as it was asked for.

    Raises:
        UsageError: if it is none of auto, cpu, cuda, cuda:n, mps.
    """
    if not _FORM.fullmatch(device):
        raise UsageError(f"--device {device}: say auto, cpu, cuda, cuda:0 (or another number) or mps.")
    return device


def wants_gpu(device: str, exercises: list[Exercise]) -> bool:
    """Whether the sandbox must let GPUs in: looked up in /dev, since asking torch would cost its import."""
    asked = device.startswith("cuda") or (device == "auto" and any(e.accelerated for e in exercises))
    return asked and Path("/dev/nvidiactl").exists()


def choose(device: str, exercise: Exercise, accelerator: str) -> str:
    """The device to grade on, as torch names it.

    Args:
        device: what was asked for.
        exercise: what is graded.
        accelerator: what torch sees in the sandbox: "cuda", "mps" or "".

    Raises:
        UsageError: if a device was demanded that is not there.
    """
    if device == "auto":
        return accelerator if exercise.accelerated and accelerator else "cpu"
    kind = device.split(":")[0]
    if kind not in ("cpu", accelerator):
        raise UsageError(
            f"--device {device}: torch sees no {kind} device here. Use --device cpu, or look at grade doctor."
        )
    return device
