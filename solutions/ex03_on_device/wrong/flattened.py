# fails: numbers, right_device, other_data — "Keep the nesting"
# base: solution
def create_direct(data, device):
    return torch.tensor(data, dtype=torch.float32, device=device).flatten()
