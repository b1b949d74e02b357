# fails: known_operations — "what the first try left behind"
# base: solution
def saves(op, x):
    v = x.clone().requires_grad_() * 1
    z = op(v)
    answers = {}
    for key, tensor in (("input", v), ("output", z)):
        tensor.add_(1)
        try:
            z.sum().backward()
            answers[key] = False
        except RuntimeError:
            answers[key] = True
    return answers
