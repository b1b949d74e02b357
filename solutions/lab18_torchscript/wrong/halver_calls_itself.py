# fails: halver_as_torchscript — "TorchScript has no recursion"
# base: solution
class Halver(nn.Module):
    def __init__(self, limit: float) -> None:
        super().__init__()
        self.limit = limit

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.abs().max() > self.limit:
            return self.forward(x / 2)
        return x
