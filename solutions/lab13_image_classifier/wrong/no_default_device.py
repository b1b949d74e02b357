# fails: trains — "missing 1 required positional argument: 'device'"
# base: solution
def fit_classifier(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Loader,
    n_epochs: int,
    device: str,
) -> None:
    for _ in range(n_epochs):
        model.train()
        for X, y in loader:
            optimizer.zero_grad()
            criterion(model(X.to(device)), y.to(device)).backward()
            optimizer.step()
