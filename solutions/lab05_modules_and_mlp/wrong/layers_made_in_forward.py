# fails: mlp_structure — "create them in __init__"
# base: solution
class RegressionMLP(nn.Module):
    def __init__(self, n_in: int, h1: int = 50, h2: int = 40) -> None:
        super().__init__()
        self.sizes = n_in, h1, h2

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        n_in, h1, h2 = self.sizes
        return nn.Linear(h2, 1)(nn.Linear(h1, h2)(nn.Linear(n_in, h1)(X).relu()).relu())
