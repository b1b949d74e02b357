# fails: gap — "returned None"
# base: solution
def max_gap(model: nn.Module, other: nn.Module, X: torch.Tensor) -> float:
    with torch.no_grad():
        print((model(X) - other(X)).abs().max().item())
