# fails: memory — "torch.from_numpy as it is"
# base: solution
def shared_view(a):
    return torch.from_numpy(np.ascontiguousarray(a))
