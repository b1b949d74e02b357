# fails: numbers, right_device, other_data, born_there, defaults_restored — "torch.tensor takes them all"
# base: solution
def create_direct(data, device):
    t = torch.empty(len(data), len(data[0]), device=device)
    for i, row in enumerate(data):
        for j, number in enumerate(row):
            t[i, j] = number
    return t
