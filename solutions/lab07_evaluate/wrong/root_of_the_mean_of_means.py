# fails: rmse_of_samples, rmse_anywhere — "batches of equal size only"
# base: solution
def rmse(model: nn.Module, loader: Loader) -> float:
    def mse(y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return (y_pred - y).square().mean()

    return evaluate(model, loader, mse, lambda values: values.mean().sqrt(), next(model.parameters()).device)
