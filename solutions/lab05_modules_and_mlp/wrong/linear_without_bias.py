# fails: linear_model — "The bias is missing"
# base: solution
def make_linear(d: int) -> nn.Module:
    return nn.Linear(d, 1, bias=False)
