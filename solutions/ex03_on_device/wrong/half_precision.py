# fails: numbers, right_device, other_data — "to two or three digits only"
# base: solution
def create_direct(data, device):
    return torch.tensor(data, dtype=torch.float16, device=device)
