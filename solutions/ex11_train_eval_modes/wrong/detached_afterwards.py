# fails: no_graph — "a graph was built while the model ran"
# base: solution
def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    model.eval()
    return model(X).detach()
