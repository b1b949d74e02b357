# fails: arrays — "deep learning uses 32"
# base: solution
def independent_copy(a):
    return torch.tensor(a)
