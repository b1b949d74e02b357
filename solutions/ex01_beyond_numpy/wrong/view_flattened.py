# fails: arrays — "Its shape is (6,)"
# base: solution
def shared_view(a):
    return torch.from_numpy(a.reshape(-1))
