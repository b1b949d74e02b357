# fails: known_operations — "one at a time"
# base: solution
def saves(op, x):
    v = x.clone().requires_grad_() * 1
    z = op(v)
    v.add_(1)
    z.add_(1)
    try:
        z.sum().backward()
        saved = False
    except RuntimeError:
        saved = True
    return {"input": saved, "output": saved}
