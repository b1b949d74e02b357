# right: Welford's running means in Python floats, 64 bits; nothing needs to be moved
import math

import torch


class _Mean:
    def __init__(self):
        self.mean, self.n = math.nan, 0

    def reset(self):
        self.__init__()

    def add(self, values):
        for value in values.double().flatten().tolist():
            self.n += 1
            self.mean = value if self.n == 1 else self.mean + (value - self.mean) / self.n

    def to(self, device):
        return self


class StreamingRMSE(_Mean):
    def update(self, y_pred, y):
        self.add((y_pred.reshape(-1).double() - y.reshape(-1).double()) ** 2)

    def compute(self):
        return math.sqrt(self.mean)


class StreamingAccuracy(_Mean):
    def update(self, y_pred, y):
        self.add((y_pred.argmax(dim=1) if y_pred.dim() > 1 else y_pred).eq(y))

    def compute(self):
        return self.mean


def evaluate_tm(model, loader, metric, device="cpu"):
    metric.to(device)
    metric.reset()
    model.train(False)
    for X, y in loader:
        metric.update(model(X.to(device)).detach(), y.to(device))
    return metric.compute()
