# fails: numbers, right_device, other_data, born_there, defaults_restored — "dtyp"
# base: solution
def create_direct(data, device):
    return torch.tensor(data, dtyp=torch.float32, device=device)
