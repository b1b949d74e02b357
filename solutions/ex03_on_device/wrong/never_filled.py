# fails: numbers, other_data — "the numbers are not those of data"
# base: solution
def create_direct(data, device):
    shape = torch.tensor(data, device="meta").shape
    return torch.zeros(shape, device=device)
