# right: all predictions are kept in lists; the metric is computed from them each time; raises if there are none
import torch
import torch.nn.functional as F


class _Kept:
    def __init__(self):
        self.reset()

    def reset(self):
        self.predictions, self.targets = [], []

    def update(self, y_pred, y):
        self.predictions.append(self.prepared(y_pred))
        self.targets.append(y.flatten())

    def prepared(self, y_pred):
        return y_pred.flatten()

    def compute(self):
        if not self.targets:
            raise RuntimeError("no samples yet")
        return self.value(torch.cat(self.predictions), torch.cat(self.targets))

    def to(self, device):
        self.predictions = [kept.to(device) for kept in self.predictions]
        self.targets = [kept.to(device) for kept in self.targets]
        return self


class StreamingRMSE(_Kept):
    def value(self, predictions, targets):
        return F.mse_loss(predictions, targets).sqrt()


class StreamingAccuracy(_Kept):
    def prepared(self, y_pred):
        return y_pred.argmax(1) if y_pred.is_floating_point() else y_pred

    def value(self, predictions, targets):
        return (predictions == targets).float().mean().item()


@torch.no_grad()
def evaluate_tm(model, loader, metric, device="cpu"):
    was_training = model.training
    model.eval()
    metric.reset()
    moved = metric.to(device)
    for batch in loader:
        X, y = (part.to(device) for part in batch)
        moved.update(model(X), y)
    model.train(was_training)
    return moved.compute().item() if device != "meta" else None
