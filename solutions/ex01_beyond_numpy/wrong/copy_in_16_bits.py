# fails: arrays — "independent_copy("
# base: solution
def independent_copy(a):
    return torch.tensor(a, dtype=torch.float16).float()
