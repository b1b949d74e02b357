# fails: mlp_structure — "use h1 and h2"
# base: solution
class RegressionMLP(nn.Module):
    def __init__(self, n_in: int, h1: int = 50, h2: int = 40) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(n_in, 50), nn.ReLU(), nn.Linear(50, 40), nn.ReLU(), nn.Linear(40, 1))

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.net(X)
