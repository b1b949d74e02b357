# fails: same_function — "x may have any shape"
# base: solution
class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        g = (x.sum() > self.t).float() * torch.ones(5)
        return torch.where(g > 0, x * self.a, x - self.b)
