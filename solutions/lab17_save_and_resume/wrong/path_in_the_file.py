# fails: holds_data_only, round_trip, goes_on — "Your file holds pathlib.PosixPath"
# base: solution
from pathlib import Path


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    checkpoint = {
        "model": model.state_dict(),
        "hyperparameters": hyperparameters,
        "optimizer": optimizer.state_dict(),
        "epoch": epoch,
        "history": history,
        "generator": generator.get_state(),
    }
    checkpoint["path"] = Path(path)
    torch.save(checkpoint, path)
