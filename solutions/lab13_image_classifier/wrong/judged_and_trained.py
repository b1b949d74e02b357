# fails: judge_in_eval_mode — "must not change the model"
# base: solution
def accuracy(model: nn.Module, loader: Loader) -> float:
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for X, y in loader:
            right += (model(X).argmax(dim=1) == y).sum().item()
            count += len(y)
            model.train()
            model(X)
            model.eval()
    return right / count
