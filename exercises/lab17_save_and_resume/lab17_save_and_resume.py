"""Lab 17: saving a training run, and continuing it in another process.

    save(path, model, hyperparameters, optimizer, epoch, history, generator)
                                  writes everything needed to continue into the one file `path`
    load(path, make_model, make_optimizer)
                                  (model, optimizer, extra) as they were; the model in eval mode; extra is a dict with
                                  "hyperparameters", "epoch" and "history"
    resume(path, make_model, make_optimizer, train_epoch, n_epochs)
                                  continues until n_epochs are done in total; (model, history of all epochs)
    best_snapshot(model)          the model's state, a dict of tensors that further training does not change

make_model(**hyperparameters) builds a new model, make_optimizer(parameters) a new optimizer for its parameters, and
train_epoch(model, optimizer, generator) trains for one epoch, in an order drawn from the generator, and returns its
loss.
"""

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
    raise NotImplementedError


def load(
    path: str, make_model: MakeModel, make_optimizer: MakeOptimizer
) -> tuple[nn.Module, torch.optim.Optimizer, dict[str, Any]]:
    raise NotImplementedError


def resume(
    path: str, make_model: MakeModel, make_optimizer: MakeOptimizer, train_epoch: TrainEpoch, n_epochs: int
) -> tuple[nn.Module, list[float]]:
    raise NotImplementedError


def best_snapshot(model: nn.Module) -> dict[str, torch.Tensor]:
    raise NotImplementedError
