# fails: wide_and_deep_parameters — "the deep values only"
# base: solution
class WideAndDeep(nn.Module):
    def __init__(self, n_features: int, h1: int, h2: int) -> None:
        super().__init__()
        self.deep_stack = nn.Sequential(nn.Linear(n_features, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU())
        self.output_layer = nn.Linear(h2, 1)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output_layer(self.deep_stack(X))
