# fails: numbers, right_device, other_data, moved_there, defaults_restored — "use the argument"
# base: solution
def create_then_move(data, device):
    return torch.tensor(data, dtype=torch.float32).cuda()
