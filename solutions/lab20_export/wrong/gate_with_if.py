# fails: exported_gate — "there are none while a model is exported"
# base: solution
class BranchFree(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.sum() > self.t:
            return x * self.a
        return x - self.b
