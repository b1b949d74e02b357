# fails: evaluates — "Calling the metric gives this batch's value"
# base: solution
def evaluate_tm(model: nn.Module, loader: Loader, metric: Any, device: str = "cpu") -> torch.Tensor:
    model.eval()
    metric = metric.to(device)
    with torch.no_grad():
        values = [metric(model(X.to(device)), y.to(device)) for X, y in loader]
    return torch.stack(values).mean()
