# fails: known_operations — "You report no output as saved"
# base: solution
def _refuses(op, x, which):
    v = x.clone().requires_grad_() * 1
    z = op(v)
    (v, z.clone())[which].add_(1)
    try:
        z.sum().backward()
    except RuntimeError:
        return True
    return False
