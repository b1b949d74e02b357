# fails: predictions — "Nobody will differentiate"
# base: solution
def predict(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return X @ w + b
