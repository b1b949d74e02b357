# fails: linear_model — "Return a module"
# base: solution
def make_linear(d: int) -> nn.Module:
    return torch.randn(d, 1, requires_grad=True)
