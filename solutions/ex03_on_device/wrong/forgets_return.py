# fails: numbers, right_device, other_data, moved_there, defaults_restored — "returned None"
# base: solution
def create_then_move(data, device):
    t = torch.tensor(data, dtype=torch.float32)
    t = t.to(device)
