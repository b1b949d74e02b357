# fails: gap_of_either_sign — "with its sign"
# base: solution
def max_gap(model: nn.Module, other: nn.Module, X: torch.Tensor) -> float:
    with torch.no_grad():
        return (model(X) - other(X)).max().item()
