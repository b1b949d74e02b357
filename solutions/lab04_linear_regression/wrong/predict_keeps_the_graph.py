# fails: predictions — "A prediction needs no gradient"
# base: solution
def predict(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return X @ w + b
