# fails: moved_there — "Both functions make the tensor the same way"
# base: solution
def create_then_move(data, device):
    return torch.tensor(data, dtype=torch.float32, device=device)
