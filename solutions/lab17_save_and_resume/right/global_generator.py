# right: the old file format, optimizer first, and the state set in torch's own generator
import torch


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    with open(path, "wb") as file:
        torch.save(
            (hyperparameters, model.state_dict(), optimizer.state_dict(), epoch, tuple(history), generator.get_state()),
            file,
            _use_new_zipfile_serialization=False,
        )


def load(path, make_model, make_optimizer):
    hyperparameters, weights, moments, epoch, history, rng = torch.load(path, map_location="cpu")
    model = make_model(**hyperparameters)
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(moments)
    model.load_state_dict(weights)
    model.train(False)
    return model, optimizer, dict(hyperparameters=hyperparameters, epoch=epoch, history=history, rng=rng)


def resume(path, make_model, make_optimizer, train_epoch, n_epochs):
    model, optimizer, extra = load(path, make_model, make_optimizer)
    torch.set_rng_state(extra["rng"])
    model.train()
    new = [train_epoch(model, optimizer, torch.default_generator) for _ in range(extra["epoch"], n_epochs)]
    model.eval()
    return model, [*extra["history"], *new]


def best_snapshot(model):
    return {name: value.cpu().clone() for name, value in model.state_dict().items()}
