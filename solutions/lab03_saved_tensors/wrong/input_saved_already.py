# fails: known_operations — "which nothing else saves"
# base: solution
def _refuses(op, x, which):
    v = x.clone().requires_grad_().sqrt()
    z = op(v)
    (v, z)[which].add_(1)
    try:
        z.sum().backward()
    except RuntimeError:
        return True
    return False
