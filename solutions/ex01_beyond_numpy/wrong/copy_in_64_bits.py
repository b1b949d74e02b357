# fails: arrays — "deep learning's 32"
# base: solution
def independent_copy(a):
    return torch.tensor(a)
