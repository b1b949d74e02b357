# fails: device — "names are 'cuda', 'mps' and 'cpu'"
# base: solution
def best_device():
    return "gpu" if torch.cuda.is_available() or torch.backends.mps.is_available() else "cpu"
