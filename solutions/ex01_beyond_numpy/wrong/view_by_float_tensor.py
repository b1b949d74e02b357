# fails: arrays — "the array's own dtype"
# base: solution
def shared_view(a):
    return torch.FloatTensor(a)
