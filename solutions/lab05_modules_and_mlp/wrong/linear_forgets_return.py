# fails: linear_model — "Hand the model back"
# base: solution
def make_linear(d: int) -> nn.Module:
    nn.Linear(d, 1)
