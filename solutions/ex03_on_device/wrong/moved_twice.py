# fails: born_there — "Both functions make the tensor the same way"
# base: solution
def create_direct(data, device):
    return torch.tensor(data, dtype=torch.float32).to(device)
