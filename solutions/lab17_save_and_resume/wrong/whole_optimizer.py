# fails: holds_data_only, runs_no_code — "Your file holds the whole optimizer"
# base: solution
def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    torch.save(
        {
            "model": model.state_dict(),
            "hyperparameters": hyperparameters,
            "optimizer": optimizer,
            "epoch": epoch,
            "history": history,
            "generator": generator.get_state(),
        },
        path,
    )


def load(path, make_model, make_optimizer):
    extra = torch.load(path, weights_only=False)
    model = make_model(**extra["hyperparameters"])
    model.load_state_dict(extra.pop("model"))
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(extra.pop("optimizer").state_dict())
    return model.eval(), optimizer, extra
