# fails: predictions — "You did not use b"
# base: solution
def predict(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        return X @ w
