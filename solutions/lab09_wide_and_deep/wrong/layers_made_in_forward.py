# fails: wide_and_deep_parameters — "create the layers in __init__"
# base: solution
class WideAndDeep(nn.Module):
    def __init__(self, n_features: int, h1: int, h2: int) -> None:
        super().__init__()
        self.n_features, self.h1, self.h2 = n_features, h1, h2

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        deep_stack = nn.Sequential(nn.Linear(self.n_features, self.h1), nn.ReLU(), nn.Linear(self.h1, self.h2), nn.ReLU())
        return nn.Linear(self.n_features + self.h2, 1)(torch.cat([X, deep_stack(X)], dim=1))
