# fails: best_device — "without an index"
# base: solution
def pick_device(cuda, mps):
    return "cuda:0" if cuda else "mps:0" if mps else "cpu"
