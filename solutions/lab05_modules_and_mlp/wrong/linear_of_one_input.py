# fails: linear_model — "one row per neuron"
# base: solution
def make_linear(d: int) -> nn.Module:
    return nn.Linear(1, d)
