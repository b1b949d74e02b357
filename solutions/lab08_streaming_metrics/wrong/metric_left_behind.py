# fails: on_the_device — "The metric stayed on the CPU"
# base: solution
def evaluate_tm(model: nn.Module, loader: Loader, metric: Any, device: str = "cpu") -> torch.Tensor:
    model.eval()
    metric.reset()
    with torch.no_grad():
        for X, y in loader:
            metric.update(model(X.to(device)), y.to(device))
    return metric.compute()
