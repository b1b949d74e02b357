# fails: best_device — "there may still be MPS"
# base: solution
def pick_device(cuda, mps):
    return "cuda" if cuda else "cpu"
