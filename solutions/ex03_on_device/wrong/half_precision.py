# fails: numbers, right_device, other_data — "two or three digits"
# base: solution
def create_direct(data, device):
    return torch.tensor(data, dtype=torch.float16, device=device)
