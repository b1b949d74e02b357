# fails: device — "in every call"
# base: solution
DEVICE = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"


def best_device():
    return DEVICE
