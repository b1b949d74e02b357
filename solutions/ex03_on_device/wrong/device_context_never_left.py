# fails: defaults_restored — "Later code gets these defaults"
# base: solution
def create_direct(data, device):
    torch.device(device).__enter__()
    return torch.tensor(data, dtype=torch.float32)
