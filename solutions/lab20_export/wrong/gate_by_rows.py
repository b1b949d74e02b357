# fails: same_function — "here each row decides for itself"
# base: solution
class BranchFree(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.where(x.sum(dim=1, keepdim=True) > self.t, x * self.a, x - self.b)
