# fails: same_function — "the answer of an earlier model"
# base: solution
class TraceableGate(nn.Module):
    t = a = b = None

    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        if TraceableGate.t is None:
            TraceableGate.t, TraceableGate.a, TraceableGate.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.where(x.sum() > TraceableGate.t, x * TraceableGate.a, x - TraceableGate.b)
