# fails: defaults_restored — "Later code gets these defaults"
# base: solution
def create_direct(data, device):
    torch.set_default_dtype(torch.float64)
    return torch.tensor(data, dtype=torch.float32, device=device)
