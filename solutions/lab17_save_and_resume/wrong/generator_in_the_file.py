# fails: holds_data_only, round_trip, goes_on — "Your file holds the generator itself"
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
    checkpoint["generator"] = generator
    torch.save(checkpoint, path)
