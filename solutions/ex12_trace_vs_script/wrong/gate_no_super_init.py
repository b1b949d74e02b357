# fails: same_function — "Let super().__init__() be the first line"
# base: solution
class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        self.t, self.a, self.b = t, a, b
        self.unit = nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.where(x.sum() > self.t, x * self.a, x - self.b)
