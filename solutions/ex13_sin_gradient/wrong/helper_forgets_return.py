# fails: known_point — "cannot unpack non-iterable NoneType object"
# base: solution
def gradient_at(x, y):
    def leaves():
        [torch.tensor(value, requires_grad=True) for value in (x, y)]

    a, b = leaves()
    sin_x2y(a, b).backward()
    return a.grad.item(), b.grad.item()
