# fails: numbers, other_data — "not the device that was asked for"
# base: solution
def create_direct(data, device):
    return torch.tensor(data, dtype=torch.float32, device="meta")
