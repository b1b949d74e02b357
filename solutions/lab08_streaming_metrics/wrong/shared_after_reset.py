# fails: independent — "know of each other's samples"
# base: solution
kept = {"squares": torch.tensor(0.0), "count": torch.tensor(0)}


class StreamingRMSE:
    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        for name in kept:
            kept[name] = torch.zeros_like(kept[name])

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        if y_pred.shape != y.shape:
            raise ValueError("unlike shapes")
        kept["squares"] += (y_pred - y).square().sum()
        kept["count"] += y.numel()

    def compute(self) -> torch.Tensor:
        return (kept["squares"] / kept["count"]).sqrt()

    def to(self, device: str) -> StreamingRMSE:
        for name in kept:
            kept[name] = kept[name].to(device)
        return self
