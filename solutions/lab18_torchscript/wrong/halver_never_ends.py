# fails: halver_as_torchscript — "put a `return` behind it"
# base: solution
class Halver(nn.Module):
    def __init__(self, limit: float) -> None:
        super().__init__()
        self.limit = limit

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        while True:
            if x.abs().max() <= self.limit:
                return x
            x = x / 2
