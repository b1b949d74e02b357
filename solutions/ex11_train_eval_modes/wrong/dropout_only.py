# fails: same_each_time, whatever_company, fit_path — "BatchNorm uses the batch"
# base: solution
def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.eval()
    with torch.no_grad():
        return model(X)
