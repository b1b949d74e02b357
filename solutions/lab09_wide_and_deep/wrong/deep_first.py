# fails: wide_and_deep_forward, linear_without_deep — "You joined the deep values first"
# base: solution
class WideAndDeep(nn.Module):
    def __init__(self, n_features: int, h1: int, h2: int) -> None:
        super().__init__()
        self.deep_stack = nn.Sequential(nn.Linear(n_features, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU())
        self.output_layer = nn.Linear(n_features + h2, 1)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output_layer(torch.cat([self.deep_stack(X), X], dim=1))
