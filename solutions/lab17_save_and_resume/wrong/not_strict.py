# fails: ready_to_use — "Missing layers silently stay random"
# base: solution
import contextlib


def load(path, make_model, make_optimizer):
    extra = torch.load(path, weights_only=True)
    model = make_model(**extra["hyperparameters"])
    model.load_state_dict(extra.pop("model"), strict=False)
    optimizer = make_optimizer(model.parameters())
    with contextlib.suppress(ValueError):
        optimizer.load_state_dict(extra.pop("optimizer"))
    return model.eval(), optimizer, extra
