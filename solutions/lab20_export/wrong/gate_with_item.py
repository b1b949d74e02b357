# fails: exported_gate — "there are none while a model is exported"
# base: solution
class BranchFree(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        g = float(x.sum().item() > self.t)
        return g * (x * self.a) + (1 - g) * (x - self.b)
