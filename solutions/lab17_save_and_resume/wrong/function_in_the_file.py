# fails: holds_data_only, round_trip, goes_on — "Can't pickle local object"
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
    checkpoint["loss"] = lambda output, y: (output - y).square().mean()
    torch.save(checkpoint, path)
