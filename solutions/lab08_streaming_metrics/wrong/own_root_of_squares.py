# fails: any_metric, on_the_device — "expected"
# base: solution
def evaluate_tm(model: nn.Module, loader: Loader, metric: Any, device: str = "cpu") -> torch.Tensor:
    model.eval()
    own = StreamingRMSE().to(device)
    with torch.no_grad():
        for X, y in loader:
            y_pred, y = model(X.to(device)), y.to(device)
            own.update(y_pred, y) if y.is_floating_point() else metric.update(y_pred, y)
    return own.compute()
