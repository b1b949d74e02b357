# fails: same_function — "order is t, a, b"
# base: solution
class TraceableGate(nn.Module):
    def __init__(self, a: float, b: float, t: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.where(x.sum() > self.t, x * self.a, x - self.b)
