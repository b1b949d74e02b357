# fails: right_device, moved_there — "return its result"
# base: solution
def create_then_move(data, device):
    t = torch.tensor(data, dtype=torch.float32)
    there = t.to(device)
    return t
