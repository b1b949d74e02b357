# fails: mlp_structure — "compare the shapes in its message"
# base: solution
class RegressionMLP(nn.Module):
    def __init__(self, n_in: int, h1: int = 50, h2: int = 40) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(h1, n_in), nn.ReLU(), nn.Linear(h2, h1), nn.ReLU(), nn.Linear(1, h2))

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.net(X)
