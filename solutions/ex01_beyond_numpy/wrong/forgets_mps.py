# fails: device — "Apple's GPU counts, too"
# base: solution
def best_device():
    return "cuda" if torch.cuda.is_available() else "cpu"
