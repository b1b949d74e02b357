# fails: goes_on — "the value of 0.weight after resume"
# base: solution
def resume(path, make_model, make_optimizer, train_epoch, n_epochs):
    extra = torch.load(path, weights_only=True)
    model = make_model(**extra["hyperparameters"])
    optimizer = make_optimizer(model.parameters())
    generator = torch.Generator()
    generator.set_state(extra["generator"])
    history = extra["history"]
    for _ in range(extra["epoch"], n_epochs):
        history.append(train_epoch(model, optimizer, generator))
    return model, history
