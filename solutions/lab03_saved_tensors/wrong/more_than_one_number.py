# fails: known_operations — "backward() starts from a single number"
# base: solution
def _refuses(op, x, which):
    v = x.clone().requires_grad_() * 1
    z = op(v)
    (v, z)[which].add_(1)
    try:
        z.backward()
    except Exception:
        return True
    return False
