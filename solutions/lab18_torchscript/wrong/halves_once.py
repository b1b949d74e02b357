# fails: halves — "x was halved once: go on"
# base: solution
class Halver(nn.Module):
    def __init__(self, limit: float) -> None:
        super().__init__()
        self.limit = limit

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.abs().max() > self.limit:
            x = x / 2
        return x
