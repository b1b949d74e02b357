# fails: same_each_time, whatever_company, fit_losses — "without sigmoid"
# base: solution
def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    model.eval()
    with torch.no_grad():
        return torch.sigmoid(model(X))
