# fails: device — "an Apple GPU"
# base: solution
def best_device():
    return "cuda" if torch.cuda.is_available() else "cpu"
