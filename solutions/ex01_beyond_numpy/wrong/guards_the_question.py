# fails: device — "an Apple GPU"
# base: solution
def best_device():
    try:
        return "cuda" if torch.cuda.is_available() else "cpu"
    except RuntimeError:
        return "cpu"
