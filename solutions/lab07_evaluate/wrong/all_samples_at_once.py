# fails: mean_of_batches, any_aggregate, no_trace — "call metric_fn for each batch"
# base: solution
def evaluate(
    model: nn.Module,
    loader: Loader,
    metric_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    aggregate_fn: Callable[[torch.Tensor], torch.Tensor] = torch.mean,
    device: str = "cpu",
) -> torch.Tensor:
    model.eval()
    with torch.no_grad():
        pairs = [(model(X.to(device)), y.to(device)) for X, y in loader]
    predictions, targets = (torch.cat(tensors) for tensors in zip(*pairs, strict=True))
    return aggregate_fn(metric_fn(predictions, targets).reshape(1))
