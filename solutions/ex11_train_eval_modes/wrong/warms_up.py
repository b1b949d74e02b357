# fails: leaves_the_model_alone, fit_path — "must not change the model"
# base: solution
def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    model.eval()
    with torch.no_grad():
        output = model(X)
        model.train()
        if len(X) > 1:
            model(X)
    return output
