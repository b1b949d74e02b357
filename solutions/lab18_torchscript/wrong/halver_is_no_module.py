# fails: halves — "Derive the class from nn.Module"
# base: solution
class Halver:
    def __init__(self, limit: float) -> None:
        self.limit = limit

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        while x.abs().max() > self.limit:
            x = x / 2
        return x
