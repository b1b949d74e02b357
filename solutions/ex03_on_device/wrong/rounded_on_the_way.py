# fails: numbers, other_data — "rounded on the way"
# base: solution
def create_then_move(data, device):
    return torch.tensor(data, dtype=torch.bfloat16).to(device, torch.float32)
