"""A checkpoint is looked at from all sides before anything is computed with it; what is wrong is one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ex15
import numpy as np
import pytest

from grader.checks.evidence import Answer, Tensor, Thing
from grader.errors import CheckFailed, UsageError

module = ex15.module("checkpoint")
BYTES_CAP, check_file, validated = module.BYTES_CAP, module.check_file, module.validated
read_hyperparameters = module.read_hyperparameters


def tensor(*shape: int, value: float = 0.5, device: str = "cpu", meta: bool = False) -> Tensor:
    return Tensor(np.full(shape, value, "float32"), "float32", device=device, meta=meta)


def checkpoint(**changed: Any) -> dict[str, Any]:
    whole = {
        "model_state_dict": {"layers.0.weight": tensor(7, 54)},
        "hyperparameters": {"hidden": [256, 128], "dropout": 0.1},
        "stats": {"mean": tensor(54), "names": ("a", None, True)},
        "history": {"train_loss": [1.0, 0.5], "valid_accuracy": [0.7, 0.8]},
    }
    return {**whole, **changed}


def refusal(value: Any) -> str:
    with pytest.raises(CheckFailed) as caught:
        validated(Answer(value, "fit(...)"))
    assert "\n" not in caught.value.message
    return f"{caught.value.mistake or ''} {caught.value.message}"


def test_a_good_one_comes_with_its_curves_and_size() -> None:
    found = validated(Answer(checkpoint(), "fit(...)"))
    assert found.history == {"train_loss": (1.0, 0.5), "valid_accuracy": (0.7, 0.8)}
    assert found.bytes == 4 * (7 * 54 + 54)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "return the checkpoint"),
        (3, "expected a dict"),
        (Thing(0, "CoverTypeMLP", "…"), "Save the state_dict and the hyperparameters"),
        ({}, "lacks 'model_state_dict', 'hyperparameters', 'stats', 'history'"),
        (checkpoint(model_state_dict={}), "tensors by name"),
        (checkpoint(model_state_dict=Thing(0, "CoverTypeMLP", "…")), "weights_only cannot load"),
        (checkpoint(model_state_dict={"w": 3}), "tensors by name"),
        (checkpoint(model_state_dict={"w": tensor(3, device="cuda:0")}), "Move weights to CPU before saving"),
        (checkpoint(model_state_dict={"w": tensor(3, device="meta", meta=True)}), "Move weights to CPU before saving"),
        (checkpoint(model_state_dict={"w": tensor(3, value=np.nan)}), "Something became NaN or infinite"),
        (checkpoint(stats={"std": tensor(3, value=np.inf)}), "clamp the std"),
        (checkpoint(stats=[[[float("nan")]]]), "clamp the std"),
        (checkpoint(stats={"scaler": Thing(1, "StandardScaler", "…")}), "an object of type StandardScaler"),
        (checkpoint(stats=b"pickled"), "tensors and plain data only"),
        (checkpoint(stats=tensor(6 << 20)), "24 MB of tensors; at most 20 MB"),
        (checkpoint(hyperparameters=[256, 128]), "a dict of keyword arguments"),
        (checkpoint(hyperparameters={3: 4}), "a dict of keyword arguments"),
        (checkpoint(history=[1.0, 0.5]), "a plain number for every epoch"),
        (checkpoint(history={"train_loss": [], "valid_accuracy": [0.5]}), "a plain number for every epoch"),
        (checkpoint(history={"train_loss": [tensor()], "valid_accuracy": [0.5]}), "a plain number for every epoch"),
        (checkpoint(history={"train_loss": [float("nan")], "valid_accuracy": [0.5]}), "Something became NaN"),
        (checkpoint(history={"train_loss": [10**400], "valid_accuracy": [0.5]}), "Something became NaN"),
        (checkpoint(history={"train_loss": [1.0], "valid_accuracy": [93.0]}), "between 0 and 1"),
        (checkpoint(history={"train_loss": [1.0], "valid_accuracy": [True]}), "a plain number for every epoch"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_one_is_a_sentence(value: Any, words: str) -> None:
    assert words in refusal(value)


def test_a_checkpoint_from_elsewhere_needs_no_history() -> None:
    value = checkpoint()
    del value["history"]
    assert validated(Answer(value, "best.pt"), trained_here=False).history == {}
    assert "lacks 'history'" in refusal(value)


def test_files_that_cannot_be_checkpoints_are_refused_unread(tmp_path: Path) -> None:
    large, text, fine = tmp_path / "large.pt", tmp_path / "notes.txt", tmp_path / "fine.safetensors"
    with large.open("wb") as file:
        file.truncate(1 << 30)  # a gigabyte that takes no room
    text.write_text("weights")
    fine.write_bytes(b"0" * 100)
    check_file(fine)
    for path, words in (
        (large, "1,024 MB; a checkpoint may have 20 MB"),
        (text, "is no checkpoint"),
        (tmp_path, "is no checkpoint"),
        (tmp_path / "absent.pt", "cannot be read: No such file"),
    ):
        with pytest.raises(UsageError, match=words):
            check_file(path)
    assert BYTES_CAP == 20 << 20


@pytest.mark.parametrize("text", ["", "[1]", "{", "null", '"a"', "[" * 100_000, "9" * (2 << 20)])
def test_hyperparameters_are_a_json_object(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hp.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="does not hold hyperparameters"):
        read_hyperparameters(path)


def test_hyperparameters_are_read(tmp_path: Path) -> None:
    (tmp_path / "hp.json").write_text('{"hidden": [64, 64], "dropout": 0.5}')
    assert read_hyperparameters(tmp_path / "hp.json") == {"hidden": [64, 64], "dropout": 0.5}
    with pytest.raises(UsageError, match="cannot be read"):
        read_hyperparameters(tmp_path / "absent.json")
