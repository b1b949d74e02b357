# fails: wide_and_deep_parameters — "a subclass of nn.Module"
# base: solution
class WideAndDeep:
    def __init__(self, n_features: int, h1: int, h2: int) -> None:
        self.deep_stack = nn.Sequential(nn.Linear(n_features, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU())
        self.output_layer = nn.Linear(n_features + h2, 1)

    def __call__(self, X: torch.Tensor) -> torch.Tensor:
        return self.output_layer(torch.cat([X, self.deep_stack(X)], dim=1))
