# fails: rmse_of_samples, rmse_anywhere — "the first batch only"
# base: solution
def rmse(model: nn.Module, loader: Loader) -> float:
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for X, y in loader:
            total += (model(X) - y).square().sum().item()
            count += len(y)
            return (total / count) ** 0.5
