# fails: same_as_uninterrupted — "The batches differ after resuming"
# base: solution
def resume(path, make_model, make_optimizer, train_epoch, n_epochs):
    model, optimizer, extra = load(path, make_model, make_optimizer)
    generator = torch.Generator()
    generator.manual_seed(extra["seed"])
    model.train()
    history = extra["history"]
    for _ in range(extra["epoch"], n_epochs):
        history.append(train_epoch(model, optimizer, generator))
    return model, history


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    checkpoint = {
        "model": model.state_dict(),
        "hyperparameters": hyperparameters,
        "optimizer": optimizer.state_dict(),
        "epoch": epoch,
        "history": history,
        "seed": generator.initial_seed(),
    }
    torch.save(checkpoint, path)
