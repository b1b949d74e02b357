# fails: halver_as_torchscript — "no match, no lambda"
# base: solution
class Halver(nn.Module):
    def __init__(self, limit: float) -> None:
        super().__init__()
        self.limit = limit

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        half = lambda y: y / 2
        while x.abs().max() > self.limit:
            x = half(x)
        return x
