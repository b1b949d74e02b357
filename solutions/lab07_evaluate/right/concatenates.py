# right: rmse from all predictions put together, in float64; inference mode
import torch
import torch.nn.functional as F


def evaluate(model, loader, metric_fn, aggregate_fn=torch.mean, device="cpu"):
    model.train(False)
    with torch.inference_mode():
        found = [metric_fn(model(inputs.to(device)), targets.to(device)) for inputs, targets in loader]
        return aggregate_fn(torch.stack(found))


def rmse(model, loader):
    model.eval()
    with torch.no_grad():
        predictions, targets = zip(*((model(X), y) for X, y in loader), strict=True)
    return F.mse_loss(torch.cat(predictions).double(), torch.cat(targets).double()).sqrt()
