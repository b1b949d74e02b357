# fails: shapes_differ — "must leave no trace"
# base: solution
class StreamingRMSE:
    def __init__(self) -> None:
        self.squares, self.count = torch.tensor(0.0), torch.tensor(0)

    def reset(self) -> None:
        self.squares.zero_()
        self.count.zero_()

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        self.squares += (y_pred - y).square().sum()
        if y_pred.shape != y.shape:
            raise ValueError(f"predictions have the shape {tuple(y_pred.shape)}, targets {tuple(y.shape)}")
        self.count += y.numel()

    def compute(self) -> torch.Tensor:
        return (self.squares / self.count).sqrt()

    def to(self, device: str) -> StreamingRMSE:
        self.squares, self.count = self.squares.to(device), self.count.to(device)
        return self
