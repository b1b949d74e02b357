# fails: known_operations — "catch the RuntimeError"
# base: solution
def _refuses(op, x, which):
    v = x.clone().requires_grad_() * 1
    z = op(v)
    (v, z)[which].add_(1)
    return z.sum().backward() is not None
