# fails: share_of_right — "divide it by the number of images"
# base: solution
def accuracy(model: nn.Module, loader: Loader) -> float:
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for X, y in loader:
            right += (model(X).argmax(dim=1) == y).sum().item()
            count += len(y)
    return right
