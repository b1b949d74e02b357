# fails: round_trip, goes_on — "expected epoch, history, hyperparameters"
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
    del checkpoint["history"]
    torch.save(checkpoint, path)
