# fails: same_function — "Your function returned None"
# base: solution
class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        torch.where(x.sum() > self.t, x * self.a, x - self.b)
