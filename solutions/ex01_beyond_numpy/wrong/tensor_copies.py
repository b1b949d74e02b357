# fails: memory — "torch.tensor always copies"
# base: solution
def shared_view(a):
    return torch.tensor(a)
