# fails: numbers, other_data — "another device"
# base: solution
def create_direct(data, device):
    return torch.tensor(data, dtype=torch.float32, device="meta")
