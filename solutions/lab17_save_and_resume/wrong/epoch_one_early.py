# fails: round_trip, goes_on — "extra['epoch']"
# base: solution
def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    checkpoint = {
        "model": model.state_dict(),
        "hyperparameters": hyperparameters,
        "optimizer": optimizer.state_dict(),
        "epoch": epoch,
        "history": history,
        "generator": generator.get_state(),
    }
    checkpoint["epoch"] = epoch - 1
    torch.save(checkpoint, path)
