# fails: holds_data_only, round_trip, goes_on — "Your file holds datetime.datetime"
# base: solution
from datetime import datetime


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    checkpoint = {
        "model": model.state_dict(),
        "hyperparameters": hyperparameters,
        "optimizer": optimizer.state_dict(),
        "epoch": epoch,
        "history": history,
        "generator": generator.get_state(),
    }
    checkpoint["saved"] = datetime.now()
    torch.save(checkpoint, path)
