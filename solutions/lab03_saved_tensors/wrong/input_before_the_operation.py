# fails: known_operations — "You report no input as saved"
# base: solution
def _refuses(op, x, which):
    v = x.clone().requires_grad_() * 1
    if which == 0:
        v.add_(1)
    z = op(v)
    if which == 1:
        z.add_(1)
    try:
        z.sum().backward()
    except RuntimeError:
        return True
    return False
