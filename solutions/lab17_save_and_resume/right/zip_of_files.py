# right: one zip of a safetensors file for each part, and a snapshot read back from memory
import io
import json
import zipfile

import safetensors.torch
import torch


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    rest = optimizer.state_dict()
    moments = {f"{i}.{k}": torch.as_tensor(v) for i, s in rest["state"].items() for k, v in s.items() if v is not None}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model.safetensors", safetensors.torch.save(model.state_dict()))
        archive.writestr("optimizer.safetensors", safetensors.torch.save(moments))
        archive.writestr("generator.json", json.dumps(generator.get_state().tolist()))
        archive.writestr("rest.json", json.dumps([hyperparameters, epoch, history, rest["param_groups"]]))


def load(path, make_model, make_optimizer):
    with zipfile.ZipFile(path) as files:
        weights = safetensors.torch.load(files.read("model.safetensors"))
        moments = safetensors.torch.load(files.read("optimizer.safetensors"))
        rng = torch.tensor(json.loads(files.read("generator.json")), dtype=torch.uint8)
        hyperparameters, epoch, history, groups = json.loads(files.read("rest.json"))
    model = make_model(**hyperparameters).eval()
    model.load_state_dict(weights)
    state = {}
    for key, value in moments.items():
        number, name = key.split(".", 1)
        state.setdefault(int(number), {})[name] = value
    optimizer = make_optimizer(list(model.parameters()))
    optimizer.load_state_dict({"state": state, "param_groups": groups})
    return model, optimizer, {"epoch": epoch, "history": history, "hyperparameters": hyperparameters, "generator": rng}


def resume(path, make_model, make_optimizer, train_epoch, n_epochs):
    model, optimizer, extra = load(path, make_model, make_optimizer)
    generator = torch.Generator()
    generator.set_state(extra["generator"])
    model.train()
    for _ in range(extra["epoch"], n_epochs):
        extra["history"].append(train_epoch(model, optimizer, generator))
    return model, extra["history"]


def best_snapshot(model):
    buffer = io.BytesIO()
    torch.save(model.state_dict(), buffer)
    buffer.seek(0)
    return torch.load(buffer)
