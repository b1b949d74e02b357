# fails: known_operations — "not the leaf itself"
# base: solution
def _refuses(op, x, which):
    v = x.clone().requires_grad_()
    z = op(v)
    try:
        (v, z)[which].add_(1)
        z.sum().backward()
    except RuntimeError:
        return True
    return False
