# right: everything as numbers in a JSON file; lists for pair and triple
import json

import torch


def plain(piece):
    if isinstance(piece, torch.Tensor):
        return {"dtype": str(piece.dtype).removeprefix("torch."), "shape": list(piece.shape), "values": piece.flatten().tolist()}
    if isinstance(piece, dict):
        return {str(key): plain(value) for key, value in piece.items()}
    return [plain(item) for item in piece] if isinstance(piece, (list, tuple)) else piece


def tensors(piece):
    if isinstance(piece, dict) and set(piece) == {"dtype", "shape", "values"}:
        return torch.tensor(piece["values"], dtype=getattr(torch, piece["dtype"])).reshape(piece["shape"])
    if isinstance(piece, dict):
        return {int(key) if key.isdigit() else key: tensors(value) for key, value in piece.items()}
    return [tensors(item) for item in piece] if isinstance(piece, list) else piece


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    everything = [model.state_dict(), optimizer.state_dict(), generator.get_state(), hyperparameters, epoch, history]
    with open(path, "w") as file:
        json.dump(plain(everything), file)


def load(path, make_model, make_optimizer):
    with open(path) as file:
        weights, moments, rng, hyperparameters, epoch, history = tensors(json.load(file))
    model = make_model(**hyperparameters)
    model.load_state_dict(weights)
    model.eval()
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(moments)
    return [model, optimizer, {"hyperparameters": hyperparameters, "epoch": epoch, "history": history, "rng": rng}]


def resume(path, make_model, make_optimizer, train_epoch, n_epochs):
    model, optimizer, extra = load(path, make_model, make_optimizer)
    generator = torch.Generator()
    generator.set_state(extra["rng"])
    for _ in range(n_epochs - extra["epoch"]):
        extra["history"] += [train_epoch(model.train(), optimizer, generator)]
    return [model, extra["history"]]


def best_snapshot(model):
    return {name: torch.tensor(value.tolist(), dtype=value.dtype) for name, value in model.state_dict().items()}
