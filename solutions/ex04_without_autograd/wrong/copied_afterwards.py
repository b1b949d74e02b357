# fails: untracked_3 — "Detached only after the graph was built"
# base: solution
def way_3(fn, x):
    return torch.tensor(fn(x).tolist())
