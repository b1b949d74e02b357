# fails: device — "names are 'cuda', 'mps' and 'cpu'"
# base: solution
def best_device():
    return "CUDA" if torch.cuda.is_available() else "MPS" if torch.backends.mps.is_available() else "CPU"
