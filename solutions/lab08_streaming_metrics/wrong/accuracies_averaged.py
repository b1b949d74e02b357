# fails: accuracy_of_stream — "whatever their sizes"
# base: solution
class StreamingAccuracy:
    def __init__(self) -> None:
        self.right, self.count = torch.tensor(0.0), torch.tensor(0)

    def reset(self) -> None:
        self.right.zero_()
        self.count.zero_()

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        if y_pred.ndim == 2:
            y_pred = y_pred.argmax(dim=1)
        self.right += (y_pred == y).float().mean()
        self.count += 1

    def compute(self) -> torch.Tensor:
        return self.right / self.count

    def to(self, device: str) -> StreamingAccuracy:
        self.right, self.count = self.right.to(device), self.count.to(device)
        return self
