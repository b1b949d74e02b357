# fails: known_operations — "go backward only once through each graph"
# base: solution
def saves(op, x):
    v = x.clone().requires_grad_() * 1
    z = op(v)
    answers = {}
    for key, tensor in (("output", z), ("input", v)):
        tensor.add_(1)
        try:
            z.sum().backward()
            answers[key] = False
        except RuntimeError:
            answers[key] = True
    return answers
