# fails: accuracy_of_stream — "look at the shapes"
# base: solution
class StreamingAccuracy:
    def __init__(self) -> None:
        self.right, self.count = torch.tensor(0), torch.tensor(0)

    def reset(self) -> None:
        self.right.zero_()
        self.count.zero_()

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        if y_pred.ndim == 2:
            y_pred = y_pred.argmax(dim=0)
        self.right += (y_pred == y).sum()
        self.count += len(y)

    def compute(self) -> torch.Tensor:
        return self.right / self.count

    def to(self, device: str) -> StreamingAccuracy:
        self.right, self.count = self.right.to(device), self.count.to(device)
        return self
