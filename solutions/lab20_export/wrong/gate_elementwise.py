# fails: same_function — "here each number decides for itself"
# base: solution
class BranchFree(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.where(x > self.t, x * self.a, x - self.b)
