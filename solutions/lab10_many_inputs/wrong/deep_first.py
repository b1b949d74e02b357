# fails: v3_forward — "You joined the deep values first"
# base: solution
class WideAndDeepV3(nn.Module):
    def __init__(self, n_wide: int, n_deep: int, h1: int, h2: int) -> None:
        super().__init__()
        self.deep_stack = nn.Sequential(nn.Linear(n_deep, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU())
        self.output_layer = nn.Linear(n_wide + h2, 1)

    def forward(self, X_wide: torch.Tensor, X_deep: torch.Tensor) -> torch.Tensor:
        return self.output_layer(torch.cat([self.deep_stack(X_deep), X_wide], dim=1))
