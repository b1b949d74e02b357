# fails: snippets_elsewhere — "does not require grad"
# base: solution
def a1(t):
    z = t.cos().exp_()
    torch.autograd.grad(z, t, retain_graph=True)
    return z
