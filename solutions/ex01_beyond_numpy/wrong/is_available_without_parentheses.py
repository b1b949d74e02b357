# fails: device — "with its parentheses"
# base: solution
def best_device():
    if torch.cuda.is_available:
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
