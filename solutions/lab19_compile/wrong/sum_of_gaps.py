# fails: gap — "the sum of the absolute differences"
# base: solution
def max_gap(model: nn.Module, other: nn.Module, X: torch.Tensor) -> float:
    with torch.no_grad():
        return (model(X) - other(X)).abs().sum().item()
