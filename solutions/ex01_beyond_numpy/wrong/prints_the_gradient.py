# fails: cubes — "returned None"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    f(leaf).backward()
    print(leaf.grad)
