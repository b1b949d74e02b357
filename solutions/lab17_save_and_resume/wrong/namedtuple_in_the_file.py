# fails: holds_data_only, round_trip, goes_on — "This cannot be saved"
# base: solution
from collections import namedtuple


def save(path, model, hyperparameters, optimizer, epoch, history, generator):
    Checkpoint = namedtuple("State", "model hyperparameters optimizer epoch history generator")
    state = model.state_dict(), hyperparameters, optimizer.state_dict(), epoch, history, generator.get_state()
    torch.save(Checkpoint(*state), path)
