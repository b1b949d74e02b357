# fails: known_operations — "backward() starts from a single number"
# base: solution
def saves(op, x):
    v = x.requires_grad_() * 1
    z = op(v)
    saved = dict.fromkeys(["input", "output"], False)
    z.backward()
    return saved
