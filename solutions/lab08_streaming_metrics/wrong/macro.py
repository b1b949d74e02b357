# fails: accuracy_of_stream — "mean of the classes' shares"
# base: solution
import torchmetrics


class StreamingAccuracy:
    def __init__(self) -> None:
        self.inner = torchmetrics.Accuracy(task="multiclass", num_classes=4, average="macro")

    def reset(self) -> None:
        self.inner.reset()

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        self.inner.update(y_pred, y)

    def compute(self) -> torch.Tensor:
        return self.inner.compute()

    def to(self, device: str) -> StreamingAccuracy:
        self.inner = self.inner.to(device)
        return self
