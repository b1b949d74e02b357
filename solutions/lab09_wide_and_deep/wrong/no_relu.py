# fails: wide_and_deep_forward — "Your deep stack has no ReLU"
# base: solution
class WideAndDeep(nn.Module):
    def __init__(self, n_features: int, h1: int, h2: int) -> None:
        super().__init__()
        self.deep_stack = nn.Sequential(nn.Linear(n_features, h1), nn.Linear(h1, h2))
        self.output_layer = nn.Linear(n_features + h2, 1)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output_layer(torch.cat([X, self.deep_stack(X)], dim=1))
