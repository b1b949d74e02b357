# fails: no_graph — "Detached only after the graph was built"
# base: solution
def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    model.eval()
    return model(X).detach()
