# fails: goes_on — "Your history is the one in the file"
# base: solution
def resume(path, make_model, make_optimizer, train_epoch, n_epochs):
    model, optimizer, extra = load(path, make_model, make_optimizer)
    generator = torch.Generator()
    generator.set_state(extra["generator"])
    model.train()
    history = extra["history"]
    for _ in range(extra["epoch"], n_epochs):
        train_epoch(model, optimizer, generator)
    return model, history
