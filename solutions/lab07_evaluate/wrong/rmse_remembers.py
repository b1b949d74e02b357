# fails: rmse_of_samples, rmse_anywhere — "expected"
# base: solution
total, count = 0.0, 0


def rmse(model: nn.Module, loader: Loader) -> float:
    model.eval()
    global total, count
    with torch.no_grad():
        for X, y in loader:
            total += (model(X) - y).square().sum().item()
            count += len(y)
    # One root, at the end: the mean of roots is no root of a mean.
    return (total / count) ** 0.5
