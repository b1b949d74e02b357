# fails: best_device — "ask for it first"
# base: solution
def pick_device(cuda, mps):
    return "mps" if mps else "cuda" if cuda else "cpu"
