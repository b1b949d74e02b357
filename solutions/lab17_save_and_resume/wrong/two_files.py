# fails: round_trip, goes_on — "The file is not there"
# base: solution
import json


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    torch.save([model.state_dict(), optimizer.state_dict(), generator.get_state()], path)
    with open(path + ".json", "w") as file:
        json.dump({"hyperparameters": hyperparameters, "epoch": epoch, "history": history}, file)


def load(path, make_model, make_optimizer):
    with open(path + ".json") as file:
        extra = json.load(file)
    weights, moments, extra["generator"] = torch.load(path)
    model = make_model(**extra["hyperparameters"])
    model.load_state_dict(weights)
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(moments)
    return model.eval(), optimizer, extra
