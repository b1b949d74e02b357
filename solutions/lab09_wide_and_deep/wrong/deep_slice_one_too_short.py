# fails: v2_parameters — "your first layer must take that many inputs"
# base: solution
class WideAndDeepV2(nn.Module):
    def __init__(self, n_wide_end: int, n_deep_start: int, n_features: int, h1: int, h2: int) -> None:
        super().__init__()
        self.n_wide_end, self.n_deep_start = n_wide_end, n_deep_start
        self.deep_stack = nn.Sequential(
            nn.Linear(n_features - n_deep_start - 1, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU()
        )
        self.output_layer = nn.Linear(n_wide_end + h2, 1)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        X_wide, X_deep = X[:, : self.n_wide_end], X[:, self.n_deep_start + 1 :]
        return self.output_layer(torch.cat([X_wide, self.deep_stack(X_deep)], dim=1))
