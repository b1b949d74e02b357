# fails: numbers, right_device, other_data, born_there, defaults_restored — "only data by position"
# base: solution
def create_direct(data, device):
    return torch.tensor(data, device)
