# right: everything as numbers in a JSON file; lists for pair and triple
import json

import torch


def plain(thing):
    if isinstance(thing, torch.Tensor):
        return {"dtype": str(thing.dtype).removeprefix("torch."), "shape": list(thing.shape), "values": thing.flatten().tolist()}
    if isinstance(thing, dict):
        return {str(key): plain(value) for key, value in thing.items()}
    return [plain(item) for item in thing] if isinstance(thing, (list, tuple)) else thing


def tensors(thing):
    if isinstance(thing, dict) and set(thing) == {"dtype", "shape", "values"}:
        return torch.tensor(thing["values"], dtype=getattr(torch, thing["dtype"])).reshape(thing["shape"])
    if isinstance(thing, dict):
        return {int(key) if key.isdigit() else key: tensors(value) for key, value in thing.items()}
    return [tensors(item) for item in thing] if isinstance(thing, list) else thing


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
