# fails: mlp_values, mlp_anywhere — "hidden layers use tanh"
# base: solution
class RegressionMLP(nn.Module):
    def __init__(self, n_in: int, h1: int = 50, h2: int = 40) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(n_in, h1), nn.Tanh(), nn.Linear(h1, h2), nn.Tanh(), nn.Linear(h2, 1))

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.net(X)
