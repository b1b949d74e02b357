# fails: numbers, right_device, other_data — "Keep float32"
# base: solution
def create_direct(data, device):
    return torch.tensor(data, dtype=torch.float64, device=device)
