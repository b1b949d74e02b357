# fails: calls_the_model — "not model.forward(X)"
# base: solution
def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        return model.forward(X)
