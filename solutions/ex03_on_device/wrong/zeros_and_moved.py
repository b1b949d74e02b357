# fails: numbers, other_data — "create the tensor from data itself"
# base: solution
def create_then_move(data, device):
    return torch.zeros(torch.tensor(data).shape).to(device)
