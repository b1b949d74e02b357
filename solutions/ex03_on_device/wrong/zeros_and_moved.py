# fails: numbers, other_data — "only make room"
# base: solution
def create_then_move(data, device):
    return torch.zeros(torch.tensor(data).shape).to(device)
