# fails: known_operations — "You report nothing as saved"
# base: solution
def _refuses(op, x, which):
    v = x.clone().requires_grad_() * 1
    z = op(v)
    (v, z)[which].data.add_(1)
    try:
        z.sum().backward()
    except RuntimeError:
        return True
    return False
