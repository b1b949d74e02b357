# fails: on_the_device — "to() moves all of it"
# base: solution
class StreamingRMSE:
    def __init__(self) -> None:
        self.errors: list[torch.Tensor] = []

    def reset(self) -> None:
        self.errors = []

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        if y_pred.shape != y.shape:
            raise ValueError("unlike shapes")
        self.errors.append(y_pred - y)

    def compute(self) -> torch.Tensor:
        return torch.cat(self.errors).square().mean().sqrt()

    def to(self, device: str) -> StreamingRMSE:
        return self
