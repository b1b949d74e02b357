# fails: holds_data_only, round_trip, goes_on — "Your file holds a NumPy object"
# base: solution
import numpy as np


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    checkpoint = {
        "model": model.state_dict(),
        "hyperparameters": hyperparameters,
        "optimizer": optimizer.state_dict(),
        "epoch": epoch,
        "history": history,
        "generator": generator.get_state(),
    }
    checkpoint["best"] = np.min(history)
    torch.save(checkpoint, path)
