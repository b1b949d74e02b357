# fails: holds_data_only, round_trip, goes_on — "Your file holds collections.defaultdict"
# base: solution
from collections import defaultdict


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    checkpoint = {
        "model": model.state_dict(),
        "hyperparameters": hyperparameters,
        "optimizer": optimizer.state_dict(),
        "epoch": epoch,
        "history": history,
        "generator": generator.get_state(),
    }
    checkpoint["losses"] = defaultdict(list, loss=history)
    torch.save(checkpoint, path)
