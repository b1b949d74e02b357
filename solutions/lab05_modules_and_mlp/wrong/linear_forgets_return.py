# fails: linear_model — "`return` the model"
# base: solution
def make_linear(d: int) -> nn.Module:
    nn.Linear(d, 1)
