# fails: arrays — "the array's own dtype"
# base: solution
def shared_view(a):
    return torch.tensor(a, dtype=torch.float32)


def independent_copy(a):
    return torch.from_numpy(a)
