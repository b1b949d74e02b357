# fails: other_data — "the numbers are not those of data"
# base: solution
def create_then_move(data, device):
    return torch.tensor(data, dtype=torch.float32).round(decimals=2).to(device)
