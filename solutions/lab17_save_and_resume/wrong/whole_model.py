# fails: holds_data_only, ready_to_use, runs_no_code — "Your file holds the whole model"
# base: solution
def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    torch.save(
        {
            "model": model,
            "hyperparameters": hyperparameters,
            "optimizer": optimizer.state_dict(),
            "epoch": epoch,
            "history": history,
            "generator": generator.get_state(),
        },
        path,
    )


def load(path, make_model, make_optimizer):
    extra = torch.load(path, weights_only=False)
    model = extra.pop("model").eval()
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(extra.pop("optimizer"))
    return model, optimizer, extra
