# fails: best_device — "MPS may still be available"
# base: solution
def pick_device(cuda, mps):
    return "cuda" if cuda else "cpu"
