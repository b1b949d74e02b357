# fails: known_operations — "You report nothing as saved"
# base: solution
def _refuses(op, x, which):
    v = x.clone().requires_grad_() * 1
    z = op(v)
    try:
        (v, z)[which].add_(1)
    except RuntimeError:
        return True
    return False
