# right: a class keeps the parts together, the file gets its dict; snapshot of a deep copy of the model
import copy
from dataclasses import dataclass
from pathlib import Path

import torch


@dataclass
class Checkpoint:
    weights: dict
    moments: dict
    rng: torch.Tensor
    hyperparameters: dict
    history: list

    @classmethod
    def read(cls, path):
        with torch.serialization.safe_globals([]):
            return cls(**torch.load(Path(path), weights_only=True))


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    found = Checkpoint(model.state_dict(), optimizer.state_dict(), generator.get_state(), hyperparameters, list(history))
    torch.save(vars(found), Path(path))


def build(found, make_model, make_optimizer):
    model = make_model(**found.hyperparameters)
    model.load_state_dict(found.weights, strict=True, assign=True)
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(found.moments)
    return model, optimizer


def load(path, make_model, make_optimizer):
    found = Checkpoint.read(path)
    model, optimizer = build(found, make_model, make_optimizer)
    model.requires_grad_(True).eval()
    extra = {"hyperparameters": found.hyperparameters, "epoch": len(found.history), "history": found.history}
    return model, optimizer, extra


def resume(path, make_model, make_optimizer, train_epoch, n_epochs):
    found = Checkpoint.read(path)
    model, optimizer = build(found, make_model, make_optimizer)
    generator = torch.Generator()
    generator.set_state(found.rng)
    history = found.history.copy()
    for _ in range(len(history), n_epochs):
        model.train()
        history.append(train_epoch(model, optimizer, generator))
    return model, history


def best_snapshot(model):
    return dict(copy.deepcopy(model).state_dict())
