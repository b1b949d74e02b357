# fails: exported_gate — "The other branch is right there"
# base: solution
class BranchFree(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if torch.compiler.is_exporting():
            return x * self.a
        return torch.where(x.sum() > self.t, x * self.a, x - self.b)
