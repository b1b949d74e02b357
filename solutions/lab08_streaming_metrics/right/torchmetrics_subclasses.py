# right: subclasses of torchmetrics.Metric, whose to(), reset() and caching are inherited
import torch
import torchmetrics


class StreamingRMSE(torchmetrics.Metric):
    def __init__(self):
        super().__init__()
        self.add_state("squares", torch.tensor(0.0), dist_reduce_fx="sum")
        self.add_state("n", torch.tensor(0), dist_reduce_fx="sum")

    def update(self, y_pred, y):
        assert y_pred.shape == y.shape
        self.squares += torch.sum((y_pred - y) ** 2)
        self.n += y.numel()

    def compute(self):
        return torch.sqrt(self.squares / self.n)


class StreamingAccuracy(torchmetrics.Metric):
    def __init__(self):
        super().__init__()
        self.add_state("right", torch.tensor(0), dist_reduce_fx="sum")
        self.add_state("n", torch.tensor(0), dist_reduce_fx="sum")

    def update(self, y_pred, y):
        guess = y_pred if y_pred.shape == y.shape else y_pred.argmax(-1)
        self.right += (guess == y).sum()
        self.n += y.numel()

    def compute(self):
        return self.right.float() / self.n


def evaluate_tm(model, loader, metric, device="cpu"):
    metric.to(device).reset()
    model.eval()
    with torch.inference_mode():
        for X, y in loader:
            metric(model(X.to(device)), y.to(device))
    return metric.compute()
