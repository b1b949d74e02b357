# fails: best_device — "the same for all arguments"
# base: solution
def pick_device(cuda, mps):
    return "cuda" if torch.cuda.is_available() else "cpu"
