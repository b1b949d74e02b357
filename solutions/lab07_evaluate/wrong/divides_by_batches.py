# fails: rmse_of_samples, rmse_anywhere — "divided by the number of batches"
# base: solution
def rmse(model: nn.Module, loader: Loader) -> float:
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for X, y in loader:
            total += (model(X) - y).square().sum().item()
            count += 1
    # One root, at the end: the mean of roots is no root of a mean.
    return (total / count) ** 0.5
