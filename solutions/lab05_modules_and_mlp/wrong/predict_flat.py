# fails: predictions, calls_the_model — "shape"
# base: solution
def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        return model(X).flatten()
