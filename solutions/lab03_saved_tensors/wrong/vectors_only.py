# fails: single_numbers — "iter"
# base: solution
def _refuses(op, x, which):
    v = torch.stack([row for row in x]).requires_grad_() * 1
    z = op(v)
    (v, z)[which].add_(1)
    try:
        z.sum().backward()
    except RuntimeError:
        return True
    return False
