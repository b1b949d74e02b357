# right: one safetensors file; what is no tensor stands as JSON in its header
import json

import torch
from safetensors import safe_open
from safetensors.torch import save_file


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    tensors = {f"model/{name}": value.contiguous() for name, value in model.state_dict().items()}
    found = optimizer.state_dict()
    for number, state in found["state"].items():
        for name, value in state.items():
            if value is not None:
                tensors[f"optimizer/{number}/{name}"] = torch.as_tensor(value)
    tensors["generator"] = generator.get_state()
    plain = {
        "hyperparameters": hyperparameters,
        "epoch": epoch,
        "history": history,
        "groups": found["param_groups"],
    }
    save_file(tensors, path, metadata={"plain": json.dumps(plain)})


def load(path, make_model, make_optimizer):
    with safe_open(path, framework="pt") as file:
        extra = json.loads(file.metadata()["plain"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    model = make_model(**extra["hyperparameters"])
    model.load_state_dict({k.removeprefix("model/"): v for k, v in tensors.items() if k.startswith("model/")})
    state = {}
    for key, value in tensors.items():
        if key.startswith("optimizer/"):
            _, number, name = key.split("/")
            state.setdefault(int(number), {})[name] = value
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict({"state": state, "param_groups": extra.pop("groups")})
    extra["rng"] = tensors["generator"]
    return model.eval(), optimizer, extra


def resume(path, make_model, make_optimizer, train_epoch, n_epochs):
    model, optimizer, extra = load(path, make_model, make_optimizer)
    generator = torch.Generator()
    generator.set_state(extra["rng"])
    history = list(extra["history"])
    while len(history) < n_epochs:
        model.train()
        history.append(train_epoch(model, optimizer, generator))
    return model, history


def best_snapshot(model):
    return {name: value.detach().clone() for name, value in model.state_dict().items()}
