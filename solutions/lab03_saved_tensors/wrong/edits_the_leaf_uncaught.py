# fails: known_operations — "change v = leaf * 1 instead"
# base: solution
def _refuses(op, x, which):
    v = x.clone().requires_grad_()
    z = op(v)
    (v, z)[which].add_(1)
    try:
        z.sum().backward()
    except RuntimeError:
        return True
    return False
