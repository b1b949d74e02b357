# fails: mean_of_batches, any_aggregate — "call metric_fn for each batch"
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
        sizes = []
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            metrics.append(metric_fn(model(X), y) * len(y))
            sizes.append(len(y))
    return aggregate_fn(torch.stack(metrics) * len(sizes) / sum(sizes))
