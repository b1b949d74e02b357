# fails: moves — "Move both X and y to the device"
# base: solution
def evaluate(
    model: nn.Module,
    loader: Loader,
    metric_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    aggregate_fn: Callable[[torch.Tensor], torch.Tensor] = torch.mean,
    device: str = "cpu",
) -> torch.Tensor:
    model.eval()
    metrics = []
    with torch.no_grad():
        for X, y in loader:
            X.to(device), y.to(device)
            metrics.append(metric_fn(model(X), y))
    return aggregate_fn(torch.stack(metrics))
