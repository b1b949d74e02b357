# fails: born_there — "give the device to the function that creates"
# base: solution
def create_direct(data, device):
    shape = torch.tensor(data).shape
    t = torch.zeros(shape, device=device)
    return t.copy_(torch.tensor(data, device=device))
