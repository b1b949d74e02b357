# fails: evaluates — "update with every batch"
# base: solution
def evaluate_tm(model: nn.Module, loader: Loader, metric: Any, device: str = "cpu") -> torch.Tensor:
    model.eval()
    metric = metric.to(device)
    metric.reset()
    with torch.no_grad():
        for X, y in loader:
            metric.update(model(X.to(device)), y.to(device))
            return metric.compute()
    return metric.compute()
