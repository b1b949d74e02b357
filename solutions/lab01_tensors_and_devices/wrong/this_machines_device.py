# fails: best_device — "the same whatever the arguments say"
# base: solution
def pick_device(cuda, mps):
    return "cuda" if torch.cuda.is_available() else "cpu"
