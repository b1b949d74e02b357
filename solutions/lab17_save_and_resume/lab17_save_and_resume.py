"""Reference solution of lab 17."""

import copy
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import nn

MakeModel = Callable[..., nn.Module]
MakeOptimizer = Callable[[Iterable[nn.Parameter]], torch.optim.Optimizer]
TrainEpoch = Callable[[nn.Module, torch.optim.Optimizer, torch.Generator], float]


def save(
    path: str,
    model: nn.Module,
    hyperparameters: dict[str, Any],
    optimizer: torch.optim.Optimizer,
    epoch: int,
    history: list[float],
    generator: torch.Generator,
) -> None:
    checkpoint = {
        "model": model.state_dict(),
        "hyperparameters": hyperparameters,
        "optimizer": optimizer.state_dict(),
        "epoch": epoch,
        "history": history,
        "generator": generator.get_state(),
    }
    torch.save(checkpoint, path)


def load(
    path: str, make_model: MakeModel, make_optimizer: MakeOptimizer
) -> tuple[nn.Module, torch.optim.Optimizer, dict[str, Any]]:
    extra = torch.load(path, weights_only=True)  # noqa: TID251
    model = make_model(**extra["hyperparameters"])
    model.load_state_dict(extra.pop("model"))
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(extra.pop("optimizer"))
    return model.eval(), optimizer, extra


def resume(
    path: str, make_model: MakeModel, make_optimizer: MakeOptimizer, train_epoch: TrainEpoch, n_epochs: int
) -> tuple[nn.Module, list[float]]:
    model, optimizer, extra = load(path, make_model, make_optimizer)
    generator = torch.Generator()
    generator.set_state(extra["generator"])
    model.train()
    history = extra["history"]
    for _ in range(extra["epoch"], n_epochs):
        history.append(train_epoch(model, optimizer, generator))
    return model, history


def best_snapshot(model: nn.Module) -> dict[str, torch.Tensor]:
    # state_dict() hands out the model's own tensors, which go on learning.
    return copy.deepcopy(model.state_dict())
