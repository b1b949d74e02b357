# fails: wide_and_deep_forward — "Two of your networks share their layers"
# base: solution
LAYERS = {}


class WideAndDeep(nn.Module):
    def __init__(self, n_features: int, h1: int, h2: int) -> None:
        super().__init__()
        key = n_features, h1, h2
        if key not in LAYERS:
            deep_stack = nn.Sequential(nn.Linear(n_features, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU())
            LAYERS[key] = deep_stack, nn.Linear(n_features + h2, 1)
        self.deep_stack, self.output_layer = LAYERS[key]

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output_layer(torch.cat([X, self.deep_stack(X)], dim=1))
