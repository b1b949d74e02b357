# fails: device — "even if PyTorch was built for it"
# base: solution
def best_device():
    return "cuda" if torch.backends.cuda.is_built() else "mps" if torch.backends.mps.is_built() else "cpu"
