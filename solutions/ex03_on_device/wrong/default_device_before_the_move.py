# fails: moved_there, defaults_restored — "make the tensor the same way"
# base: solution
def create_then_move(data, device):
    torch.set_default_device(device)
    t = torch.tensor(data, dtype=torch.float32)
    return t.to(device)
