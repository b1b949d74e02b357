# fails: predictions — "A prediction needs no gradient"
# base: solution
def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    return model(X)
