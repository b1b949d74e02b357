# fails: share_of_right — "whatever their sizes"
# base: solution
def accuracy(model: nn.Module, loader: Loader) -> float:
    model.eval()
    shares = []
    with torch.no_grad():
        for X, y in loader:
            shares.append((model(X).argmax(dim=1) == y).float().mean().item())
    return sum(shares) / len(shares)
