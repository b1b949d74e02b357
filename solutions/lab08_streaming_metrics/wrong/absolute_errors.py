# fails: rmse_of_stream — "square the errors"
# base: solution
class StreamingRMSE:
    def __init__(self) -> None:
        self.squares, self.count = torch.tensor(0.0), torch.tensor(0)

    def reset(self) -> None:
        self.squares.zero_()
        self.count.zero_()

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        if y_pred.shape != y.shape:
            raise ValueError("unlike shapes")
        self.squares += (y_pred - y).abs().sum()
        self.count += y.numel()

    def compute(self) -> torch.Tensor:
        return self.squares / self.count

    def to(self, device: str) -> StreamingRMSE:
        self.squares, self.count = self.squares.to(device), self.count.to(device)
        return self
