"""Checkpoints that students' training gives: looked at from all sides before anything is computed with them.

A checkpoint is a dict with the keys in `KEYS`, of tensors and plain data. Whatever is wrong with it is one sentence.
"""

from __future__ import annotations

import json
import math
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from grader import Answer, CheckFailed, Tensor, Thing, UsageError, cut, show, type_of

KEYS: Final = ("model_state_dict", "hyperparameters", "stats", "history")
BYTES_CAP: Final = 20 << 20
"""A classifier of a table is a few hundred kilobytes; a training set learnt by heart is more."""
_CURVE_CAP: Final = 5_000
SUFFIXES: Final = (".pt", ".pth", ".safetensors")
_WRAPPING: Final = 1 << 20
"""Bytes that a file may take beside its tensors."""

WHOLE_MODEL = "Save the state_dict and the hyperparameters: {where} is a whole object, which weights_only cannot load."
NOT_ON_CPU = "Move weights to CPU before saving: {where} is on the device {device}."
NOT_FINITE = (
    "Something became NaN or infinite. Is a column of the training rows constant? Then its std is 0: clamp the std. "
    "Or is the learning rate too high?"
)
NOT_WEIGHTS = "Weights and averages are floating-point numbers: the classifier must be CoverTypeMLP, and nothing else."
BESIDE_CAP: Final = 5_000
"""Numbers and characters of statistics and hyperparameters: many times those of two columns of 54."""
MORE_THAN_STATISTICS = "Keep a mean and a std for each column, and the model's sizes: no rows, and no other classifier."
HISTORY_FORM = 'The history is {"train_loss": [...], "valid_accuracy": [...]}, a plain number for every epoch.'


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint that is what it should be.

    Attributes:
        value: the whole dict, to be handed to another worker.
        history: its curves, a float an epoch, by name.
        bytes: of its tensors.
    """

    value: dict[str, Any]
    history: dict[str, tuple[float, ...]]
    bytes: int


def check_file(path: Path) -> None:
    """Refuse a file that cannot be a checkpoint, before anybody reads it.

    Raises:
        UsageError: saying why.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    if not stat.S_ISREG(state.st_mode) or path.suffix not in SUFFIXES:
        raise UsageError(f"{path} is no checkpoint: hand in a .pt file (torch.save) or a .safetensors file.")
    if state.st_size > BYTES_CAP + _WRAPPING:
        raise UsageError(
            f"{path} has {state.st_size / (1 << 20):,.0f} MB; a checkpoint may have {BYTES_CAP >> 20} MB. "
            "It needs the model's weights and a few statistics, not the data."
        )


def read_hyperparameters(path: Path) -> dict[str, Any]:
    """Hyperparameters from a JSON file.

    Raises:
        UsageError: if it is no JSON object, or far too large to be one of hyperparameters.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_WRAPPING + 1)
        found = json.loads(text) if len(text) <= _WRAPPING else None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UsageError(f'{path} does not hold hyperparameters: a JSON object such as {{"hidden": [256, 128]}}.')
    return found


def validated(answer: Answer, *, trained_here: bool = True) -> Checkpoint:
    """The checkpoint in an answer. One that was trained elsewhere needs no history.

    Raises:
        CheckFailed: if it is none.
    """
    value, what = answer.value, answer.question
    if not isinstance(value, dict):
        mistake = WHOLE_MODEL.format(where="what you return") if isinstance(value, Thing) else None
        if value is None:
            mistake = "Your function returned None: return the checkpoint."
        raise CheckFailed(f"{what} returned {show(value)}; expected a dict with {_names(KEYS)}.", mistake=mistake)
    if not trained_here:
        value = {"history": None, **value}
    if missing := [key for key in KEYS if key not in value]:
        raise CheckFailed(f"The checkpoint of {what} lacks {_names(missing)}; it has {_names(list(value)[:8])}.")
    _refuse_objects(value, "the checkpoint")
    size = _bytes(value)
    if size > BYTES_CAP:
        raise CheckFailed(
            f"The checkpoint holds {size / (1 << 20):.0f} MB of tensors; at most {BYTES_CAP >> 20} MB are allowed.",
            mistake="It needs the model's weights and a few statistics, not the data.",
        )
    _check_state(value["model_state_dict"])
    if not isinstance(value["hyperparameters"], dict) or not all(isinstance(k, str) for k in value["hyperparameters"]):
        raise CheckFailed(
            f'checkpoint["hyperparameters"] is {show(value["hyperparameters"])}; expected a dict of keyword arguments.'
        )
    beside = _size(value["stats"]) + _size(value["hyperparameters"])
    if beside > BESIDE_CAP:
        raise CheckFailed(
            f"Beside its weights the checkpoint holds {beside:,} numbers and characters, of at most {BESIDE_CAP:,}.",
            mistake=MORE_THAN_STATISTICS,
        )
    if not _finite(value["stats"]):
        raise CheckFailed('checkpoint["stats"] holds NaN or infinite numbers.', mistake=NOT_FINITE)
    curves = _curves(value["history"]) if trained_here or value["history"] else {}
    return Checkpoint(value, curves, size)


def _names(keys: Any) -> str:
    return ", ".join(cut(show(key), 40) for key in keys) or "nothing"


def _refuse_objects(thing: Any, where: str) -> None:
    """Tensors on the CPU and plain data only, all the way down."""
    if isinstance(thing, Thing):
        raise CheckFailed(
            f"{where} holds an object of type {cut(thing.type_name, 80)}, which is not plain data.",
            mistake=WHOLE_MODEL.format(where=where),
        )
    if isinstance(thing, bytes | set):
        raise CheckFailed(f"{where} holds {type_of(thing)}: a checkpoint holds tensors and plain data only.")
    if isinstance(thing, Tensor) and (thing.meta or thing.device != "cpu"):
        raise CheckFailed(
            f"{where} holds a tensor on the device {cut(thing.device, 20)}.",
            mistake=NOT_ON_CPU.format(where=where, device=cut(thing.device, 20)),
        )
    if isinstance(thing, dict):
        for key, item in thing.items():
            _refuse_objects(
                item,
                f"{where}[{cut(show(key), 60)}]" if where != "the checkpoint" else f"checkpoint[{cut(show(key), 60)}]",
            )
    elif isinstance(thing, list | tuple):
        for index, item in enumerate(thing):
            _refuse_objects(item, f"{where}[{index}]")


def _bytes(thing: Any) -> int:
    if isinstance(thing, Tensor):
        return int(thing.array.nbytes)
    if isinstance(thing, dict):
        return sum(map(_bytes, thing.values()))
    if isinstance(thing, list | tuple):
        return sum(map(_bytes, thing))
    return 0


def _size(thing: Any) -> int:
    """How many numbers and characters it holds."""
    match thing:
        case Tensor():
            return int(thing.array.size)
        case str():
            return len(thing)
        case dict():
            return sum(_size(key) + _size(item) for key, item in thing.items())
        case list() | tuple():
            return sum(map(_size, thing))
        case _:
            return 1


def _check_state(state: Any) -> None:
    where = 'checkpoint["model_state_dict"]'
    if not isinstance(state, dict) or not state or not all(isinstance(item, Tensor) for item in state.values()):
        raise CheckFailed(
            f"{where} is {cut(show(state), 200)}; expected what model.state_dict() gives, tensors by name."
        )
    for name, tensor in state.items():
        if not _finite(tensor):
            raise CheckFailed(f"{where}[{cut(show(name), 60)}] holds NaN or infinite numbers.", mistake=NOT_FINITE)
        # BatchNorm counts its batches in a whole number; a table of them is no weights.
        if tensor.array.dtype.kind != "f" and tensor.shape != ():
            raise CheckFailed(
                f"{where}[{cut(show(name), 60)}] is {type_of(tensor)} of {tensor.dtype}.", mistake=NOT_WEIGHTS
            )


def _finite(thing: Any) -> bool:
    import numpy as np

    if isinstance(thing, Tensor):
        return thing.array.dtype.kind != "f" or bool(np.isfinite(thing.array).all())
    if isinstance(thing, float):
        return math.isfinite(thing)
    if isinstance(thing, dict):
        return all(map(_finite, thing.values()))
    if isinstance(thing, list | tuple):
        return all(map(_finite, thing))
    return True


def _curves(history: Any) -> dict[str, tuple[float, ...]]:
    wanted = ("train_loss", "valid_accuracy")
    if not isinstance(history, dict) or not all(isinstance(history.get(name), list | tuple) for name in wanted):
        raise CheckFailed(f'checkpoint["history"] is {cut(show(history), 200)}.', mistake=HISTORY_FORM)
    curves = {}
    for name, values in history.items():
        numbers = isinstance(values, list | tuple) and all(
            isinstance(x, int | float) and not isinstance(x, bool) for x in values
        )
        if name in wanted and not (numbers and values):
            raise CheckFailed(f'checkpoint["history"][{show(name)}] is {cut(show(values), 200)}.', mistake=HISTORY_FORM)
        if numbers and len(values) <= _CURVE_CAP and isinstance(name, str):
            curves[cut(name, 40)] = tuple(_float(x) for x in values)
    if not all(math.isfinite(x) for x in curves.get("train_loss", (0.0,))):
        raise CheckFailed('checkpoint["history"]["train_loss"] holds NaN or infinite numbers.', mistake=NOT_FINITE)
    if not all(0 <= x <= 1 for x in curves.get("valid_accuracy", ())):
        raise CheckFailed(
            f'checkpoint["history"]["valid_accuracy"] is {cut(show(list(curves["valid_accuracy"])), 200)}.',
            mistake="An accuracy is a share of the validation rows: between 0 and 1.",
        )
    return curves


def _float(number: int | float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf
