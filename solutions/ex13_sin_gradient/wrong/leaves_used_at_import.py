# fails: known_point — "`.grad` accumulates"
# base: solution
a = torch.tensor(1.2, requires_grad=True)
b = torch.tensor(3.4, requires_grad=True)
sin_x2y(a, b).backward()


def gradient_at(x: float, y: float) -> tuple[float, float]:
    with torch.no_grad():
        a.fill_(x)
        b.fill_(y)
    sin_x2y(a, b).backward()
    return a.grad.item(), b.grad.item()
