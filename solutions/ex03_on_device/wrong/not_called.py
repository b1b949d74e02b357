# fails: numbers, right_device, other_data, born_there, defaults_restored — "with parentheses"
# base: solution
def create_direct(data, device):
    return torch.tensor
