# fails: same_each_time, whatever_company, fit_path — "call model.eval() first"
# base: solution
def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    model.train()
    with torch.no_grad():
        return model(X)
