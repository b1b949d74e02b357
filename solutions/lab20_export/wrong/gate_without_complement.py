# fails: same_function — "multiply each by its mask"
# base: solution
class BranchFree(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        g = (x.sum() > self.t) | True
        return g * (x * self.a) + g * (x - self.b)
