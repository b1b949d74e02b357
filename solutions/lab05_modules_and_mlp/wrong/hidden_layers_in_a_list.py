# fails: mlp_structure — "does not look into Python lists"
# base: solution
class RegressionMLP(nn.Module):
    def __init__(self, n_in: int, h1: int = 50, h2: int = 40) -> None:
        super().__init__()
        self.hidden = [nn.Linear(n_in, h1), nn.Linear(h1, h2)]
        self.output = nn.Linear(h2, 1)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        for layer in self.hidden:
            X = layer(X).relu()
        return self.output(X)
