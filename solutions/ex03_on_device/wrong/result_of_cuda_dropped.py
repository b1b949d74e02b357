# fails: right_device, moved_there — "keep what it returns"
# base: solution
def create_then_move(data, device):
    t = torch.tensor(data, dtype=torch.float32)
    if device == "cuda":
        t.cuda()
    else:
        t.to(device)
    return t
