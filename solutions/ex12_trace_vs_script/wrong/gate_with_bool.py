# fails: traceable — "decided while tracing"
# base: solution
class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        above = bool(x.sum() > self.t)
        return torch.where(torch.tensor(above, device=x.device), x * self.a, x - self.b)
