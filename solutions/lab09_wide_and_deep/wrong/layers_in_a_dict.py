# fails: wide_and_deep_parameters — "does not look into Python lists and dicts"
# base: solution
class WideAndDeep(nn.Module):
    def __init__(self, n_features: int, h1: int, h2: int) -> None:
        super().__init__()
        self.layers = {"deep": nn.Sequential(nn.Linear(n_features, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU())}
        self.layers["output"] = nn.Linear(n_features + h2, 1)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.layers["output"](torch.cat([X, self.layers["deep"](X)], dim=1))
