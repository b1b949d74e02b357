# fails: known_point — "call backward() before you read .grad"
# base: solution
def gradient_at(x, y):
    a, b = torch.tensor(x, requires_grad=True), torch.tensor(y, requires_grad=True)
    sin_x2y(a, b)
    return a.grad.item(), b.grad.item()
