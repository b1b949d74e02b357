# fails: known_operations — "the errors that you catch have another cause"
# base: solution
def _refuses(op, x, which):
    v = x.clone()
    z = op(v)
    (v, z)[which].add_(1)
    try:
        z.sum().backward()
    except Exception:
        return True
    return False
