# fails: gap — "take its absolute value first"
# base: solution
def max_gap(model: nn.Module, other: nn.Module, X: torch.Tensor) -> float:
    with torch.no_grad():
        return (other(X) - model(X)).max().item()
