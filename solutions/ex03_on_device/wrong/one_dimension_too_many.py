# fails: numbers, right_device, other_data, defaults_restored — "Its shape is"
# base: solution
def create_direct(data, device):
    return torch.tensor([data], dtype=torch.float32, device=device)
