# fails: slope_of_simple_functions — "This answer includes the previous one"
# base: solution
LEAF = torch.zeros((), requires_grad=True)


def slope(f, x0):
    LEAF.data.fill_(x0)
    f(LEAF).backward()
    return LEAF.grad.item()
