# right: detach instead of no_grad; the norm of all errors
import torch


def evaluate(model, loader, metric_fn, aggregate_fn=torch.mean, device="cpu"):
    for module in model.modules():
        module.training = False
    metrics = []
    for batch in loader:
        X, y = (tensor.to(device) for tensor in batch)
        metrics += [metric_fn(model(X).detach(), y)]
    metrics = torch.hstack(metrics)
    return aggregate_fn(metrics)


def rmse(model, loader):
    model.eval()
    errors = torch.vstack([model(X).detach() - y for X, y in loader])
    return torch.linalg.vector_norm(errors) / len(errors) ** 0.5
