# fails: linear_model — "cannot predict numbers below 0"
# base: solution
def make_linear(d: int) -> nn.Module:
    return nn.Sequential(nn.Linear(d, 1), nn.ReLU())
