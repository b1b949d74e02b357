# fails: numbers, right_device, other_data, born_there, defaults_restored — "Its shape is"
# base: solution
KEPT = {}


def create_direct(data, device):
    if device not in KEPT:
        KEPT[device] = torch.tensor(data, dtype=torch.float32, device=device)
    return KEPT[device]
