# fails: wide_and_deep_parameters — "does not look into Python lists and dicts"
# base: solution
class WideAndDeep(nn.Module):
    def __init__(self, n_features: int, h1: int, h2: int) -> None:
        super().__init__()
        self.deep = [nn.Linear(n_features, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU()]
        self.output_layer = nn.Linear(n_features + h2, 1)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        deep = X
        for layer in self.deep:
            deep = layer(deep)
        return self.output_layer(torch.cat([X, deep], dim=1))
