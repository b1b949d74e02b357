# fails: defaults_restored — "Everything afterwards lands there"
# base: solution
def create_direct(data, device):
    torch.set_default_device(device)
    return torch.tensor(data, dtype=torch.float32)
