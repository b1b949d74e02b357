# fails: known_operations — "makes another tensor"
# base: solution
def saves(op, x):
    answers = []
    for which in range(2):
        v = x.clone().requires_grad_() * 1
        z = op(v)
        try:
            if which == 0:
                v = v + 1
            else:
                z = z + 1
            z.sum().backward()
            answers.append(False)
        except RuntimeError:
            answers.append(True)
    return {"input": answers[0], "output": answers[1]}
