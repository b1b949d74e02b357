# fails: halves — "here each number is halved for itself"
# base: solution
class Halver(nn.Module):
    def __init__(self, limit: float) -> None:
        super().__init__()
        self.limit = limit

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        while x.abs().max() > self.limit:
            x = torch.where(x.abs() > self.limit, x / 2, x)
        return x
