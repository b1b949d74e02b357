# fails: memory — "already float32 is not copied"
# base: solution
def independent_copy(a):
    return torch.from_numpy(a).float()
