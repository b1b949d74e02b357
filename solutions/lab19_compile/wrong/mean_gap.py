# fails: gap — "the largest is asked for"
# base: solution
def max_gap(model: nn.Module, other: nn.Module, X: torch.Tensor) -> float:
    with torch.no_grad():
        return (model(X) - other(X)).abs().mean().item()
