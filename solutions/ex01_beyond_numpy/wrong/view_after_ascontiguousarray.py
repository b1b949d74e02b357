# fails: memory — "from_numpy takes it as it is"
# base: solution
def shared_view(a):
    return torch.from_numpy(np.ascontiguousarray(a))
