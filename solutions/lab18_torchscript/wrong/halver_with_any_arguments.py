# fails: halver_as_torchscript — "no *args"
# base: solution
class Halver(nn.Module):
    def __init__(self, limit: float) -> None:
        super().__init__()
        self.limit = limit

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        (x,) = inputs
        while x.abs().max() > self.limit:
            x = x / 2
        return x
