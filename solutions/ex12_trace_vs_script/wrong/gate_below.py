# fails: same_function — "The other branch is right here"
# base: solution
class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.where(x.sum() < self.t, x * self.a, x - self.b)
