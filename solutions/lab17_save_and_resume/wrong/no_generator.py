# fails: same_as_uninterrupted — "The batches differ after resuming"
# base: solution
def resume(path, make_model, make_optimizer, train_epoch, n_epochs):
    model, optimizer, extra = load(path, make_model, make_optimizer)
    generator = torch.Generator()
    generator.set_state(extra["generator"])
    model.train()
    history = extra["history"]
    for _ in range(extra["epoch"], n_epochs):
        history.append(train_epoch(model, optimizer, None))
    return model, history
