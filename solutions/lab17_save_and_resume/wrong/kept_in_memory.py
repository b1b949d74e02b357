# fails: round_trip, goes_on — "KeyError"
# base: solution
SAVED = {}


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    SAVED[path] = hyperparameters, optimizer.state_dict(), epoch, history, generator.get_state()
    torch.save(model.state_dict(), path)


def load(path, make_model, make_optimizer):
    hyperparameters, moments, epoch, history, rng = SAVED[path]
    model = make_model(**hyperparameters)
    model.load_state_dict(torch.load(path))
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(moments)
    extra = {"hyperparameters": hyperparameters, "epoch": epoch, "history": history, "generator": rng}
    return model.eval(), optimizer, extra
