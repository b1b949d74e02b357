# fails: numbers, right_device, other_data, moved_there, defaults_restored — "no .to()"
# base: solution
def create_then_move(data, device):
    return data.to(device)
