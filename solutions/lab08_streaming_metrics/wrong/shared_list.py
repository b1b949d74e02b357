# fails: rmse_of_stream, on_the_device — "made anew for each"
# base: solution
class StreamingRMSE:
    errors: list[torch.Tensor] = []

    def reset(self) -> None:
        self.errors.clear()

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        if y_pred.shape != y.shape:
            raise ValueError("unlike shapes")
        self.errors.append(y_pred - y)

    def compute(self) -> torch.Tensor:
        return torch.cat(self.errors).square().mean().sqrt()

    def to(self, device: str) -> StreamingRMSE:
        return self
