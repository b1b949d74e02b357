# fails: known_operations — "must have the shape of z"
# base: solution
def _refuses(op, x, which):
    v = x.clone().requires_grad_() * 1
    z = op(v)
    (v, z)[which].add_(1)
    try:
        z.backward(torch.ones_like(x))
    except RuntimeError:
        return True
    return False
