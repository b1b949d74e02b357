# fails: functions — "returned"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    f(leaf).backward()
    return leaf.grad.squeeze().tolist()
