# fails: predictions — "Nobody will differentiate"
# base: solution
def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    return model(X)
