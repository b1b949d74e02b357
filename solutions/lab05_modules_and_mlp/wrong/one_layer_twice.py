# fails: mlp_structure — "A layer is missing"
# base: solution
class RegressionMLP(nn.Module):
    def __init__(self, n_in: int, h1: int = 50, h2: int = 40) -> None:
        super().__init__()
        self.first, self.hidden = nn.Linear(n_in, h1), nn.Linear(h1, h1)
        self.output = self.hidden

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output(self.hidden(self.first(X).relu()).relu())[:, :1]
