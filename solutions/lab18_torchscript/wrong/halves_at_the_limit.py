# fails: halves — "is not larger than it"
# base: solution
class Halver(nn.Module):
    def __init__(self, limit: float) -> None:
        super().__init__()
        self.limit = limit

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        while x.abs().max() >= self.limit:
            x = x / 2
        return x
