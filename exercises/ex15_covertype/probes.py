"""Runs in the worker, beside the student's code: prepares a cache, moves what is there. It can be forged."""

from __future__ import annotations

import io
import os
from typing import Any

import torch


def fill_cache(X: Any, y: Any, folder: str, default: bool) -> str:
    """Write a scikit-learn cache of CoverType with these rows; `default`: where load_data() without arguments looks."""
    import joblib

    home = os.path.join(os.environ["HOME"], folder)
    os.makedirs(os.path.join(home, "covertype"), exist_ok=True)
    joblib.dump(X, os.path.join(home, "covertype", "samples_py3"), compress=1)
    joblib.dump(y, os.path.join(home, "covertype", "targets_py3"), compress=1)
    if default:
        os.environ["SCIKIT_LEARN_DATA"] = home
    return home


def to_eval(model: torch.nn.Module) -> torch.nn.Module:
    """The model in eval mode."""
    return model.eval()


def moved(model: torch.nn.Module, device: str) -> torch.nn.Module:
    """The model on another device, in eval mode."""
    return model.eval().to(device)


def shape_on_meta(model: torch.nn.Module) -> list[int]:
    """The shape of the logits for 3 rows, on the device that has shapes and no values."""
    return list(moved(model, "meta")(torch.empty(3, 54, device="meta")).shape)


def contents(checkpoint: Any) -> Any:
    """The checkpoint itself, to cross to the grader."""
    return checkpoint


def weights_only_problem(checkpoint: Any) -> str:
    """Why torch.load(weights_only=True), which the checkpoint's users rely on, cannot read it; "" if it can."""
    file = io.BytesIO()
    torch.save(checkpoint, file)
    file.seek(0)
    try:
        torch.load(file, weights_only=True)  # noqa: TID251 - in the worker, its own checkpoint
    except Exception as error:
        return type(error).__name__
    return ""


def read_checkpoint(data: Any, suffix: str, hyperparameters: dict[str, Any] | None) -> Any:
    """A checkpoint from the bytes of a file, as `fit` would have returned it.

    A .safetensors file has the weights by name, statistics as stats.NAME, and may have hyperparameters as JSON in its
    metadata.
    """
    if suffix != ".safetensors":
        found = torch.load(io.BytesIO(data.tobytes()), weights_only=True, map_location="cpu")  # noqa: TID251 - jailed
    else:
        import json

        import safetensors.torch

        raw = data.tobytes()
        header = json.loads(raw[8 : 8 + int.from_bytes(raw[:8], "little")])
        tensors = safetensors.torch.load(raw)
        found = {
            "model_state_dict": {name: value for name, value in tensors.items() if not name.startswith("stats.")},
            "stats": {name[6:]: value for name, value in tensors.items() if name.startswith("stats.")},
            "hyperparameters": json.loads(header.get("__metadata__", {}).get("hyperparameters", "{}")),
        }
    if hyperparameters is not None and isinstance(found, dict):
        found["hyperparameters"] = hyperparameters
    return found


def on_cpu(thing: Any) -> Any:
    """The same, with every tensor on the CPU: as a checkpoint comes from a file."""
    if isinstance(thing, torch.Tensor):
        return thing.cpu()
    if isinstance(thing, dict):
        return {key: on_cpu(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return type(thing)(on_cpu(item) for item in thing)
    return thing
