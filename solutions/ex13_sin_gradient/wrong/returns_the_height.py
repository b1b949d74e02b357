# fails: known_point — "That is the value of f"
# base: solution
def gradient_at(x, y):
    return sin_x2y(torch.tensor(x), torch.tensor(y)).item()
