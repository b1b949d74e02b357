# fails: on_the_device — "torch.no_grad()"
# base: solution
def evaluate_tm(model: nn.Module, loader: Loader, metric: Any, device: str = "cpu") -> torch.Tensor:
    model.eval()
    metric = metric.to(device)
    metric.reset()
    for X, y in loader:
        metric.update(model(X.to(device)), y.to(device))
    return metric.compute()
