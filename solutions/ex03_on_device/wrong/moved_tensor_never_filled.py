# fails: numbers, other_data, moved_there — "the numbers are not those of data"
# base: solution
def create_then_move(data, device):
    t = torch.tensor(data, dtype=torch.float32)
    return torch.zeros_like(t, device=device)
