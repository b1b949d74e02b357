# fails: share_of_right — "last batch alone"
# base: solution
def accuracy(model: nn.Module, loader: Loader) -> float:
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for X, y in loader:
            right, count = (model(X).argmax(dim=1) == y).sum().item(), len(y)
    return right / count
