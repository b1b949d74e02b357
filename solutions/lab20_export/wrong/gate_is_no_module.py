# fails: same_function — "Derive the class from nn.Module"
# base: solution
class BranchFree:
    def __init__(self, t: float, a: float, b: float) -> None:
        self.t, self.a, self.b = t, a, b

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return torch.where(x.sum() > self.t, x * self.a, x - self.b)
