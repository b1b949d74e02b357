# fails: known_point — "requires_grad=True on every variable"
# base: solution
def gradient_at(x, y):
    x, y = torch.tensor(x, requires_grad=True), torch.tensor(y)
    sin_x2y(x, y).backward()
    return x.grad.item(), y.grad.item()
