# fails: numbers, right_device, other_data, moved_there, defaults_restored — "Your code raised RuntimeError"
# base: solution
def create_then_move(data, device):
    if torch.cuda.is_available() and device == "cuda":
        torch.cuda.synchronize()
    return torch.tensor(data, dtype=torch.float32).view(-1, 1000, 1000).to(device)
