# fails: any_metric — "the wrong way round"
# base: solution
def evaluate_tm(model: nn.Module, loader: Loader, metric: Any, device: str = "cpu") -> torch.Tensor:
    model.eval()
    metric = metric.to(device)
    metric.reset()
    with torch.no_grad():
        for X, y in loader:
            y_pred, y = model(X.to(device)), y.to(device)
            metric.update(*((y, y_pred) if y.is_floating_point() else (y_pred, y)))
    return metric.compute()
