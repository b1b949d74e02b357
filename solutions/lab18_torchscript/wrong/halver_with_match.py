# fails: halver_as_torchscript — "no match"
# base: solution
class Halver(nn.Module):
    def __init__(self, limit: float) -> None:
        super().__init__()
        self.limit = limit

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        while True:
            match bool(x.abs().max() > self.limit):
                case True:
                    x = x / 2
                case False:
                    return x
