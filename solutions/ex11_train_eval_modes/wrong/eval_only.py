# fails: no_graph — "the graph costs memory"
# base: solution
def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    model.eval()
    return model(X)
