# fails: holds_data_only, runs_no_code — "Write the file with torch.save"
# base: solution
import pickle


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    checkpoint = {
        "model": model.state_dict(),
        "hyperparameters": hyperparameters,
        "optimizer": optimizer.state_dict(),
        "epoch": epoch,
        "history": history,
        "generator": generator.get_state(),
    }
    with open(path, "wb") as file:
        pickle.dump(checkpoint, file)


def load(path, make_model, make_optimizer):
    with open(path, "rb") as file:
        extra = pickle.load(file)
    model = make_model(**extra["hyperparameters"])
    model.load_state_dict(extra.pop("model"))
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(extra.pop("optimizer"))
    return model.eval(), optimizer, extra
