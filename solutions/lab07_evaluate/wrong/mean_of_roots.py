# fails: rmse_of_samples, rmse_anywhere — "You cannot average roots"
# base: solution
def rmse(model: nn.Module, loader: Loader) -> float:
    roots = []
    model.eval()
    with torch.no_grad():
        for X, y in loader:
            roots.append((model(X) - y).square().mean().sqrt().item())
    return sum(roots) / len(roots)
