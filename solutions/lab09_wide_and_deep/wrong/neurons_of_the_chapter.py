# fails: wide_and_deep_parameters — "Take the numbers of neurons from the arguments"
# base: solution
class WideAndDeep(nn.Module):
    def __init__(self, n_features: int, h1: int, h2: int) -> None:
        super().__init__()
        self.deep_stack = nn.Sequential(nn.Linear(n_features, 50), nn.ReLU(), nn.Linear(50, 40), nn.ReLU())
        self.output_layer = nn.Linear(n_features + 40, 1)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output_layer(torch.cat([X, self.deep_stack(X)], dim=1))
