# fails: cubes — "gradient_of("
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor([round(value, 1) for value in x], requires_grad=True)
    f(leaf).backward()
    return leaf.grad.tolist()
