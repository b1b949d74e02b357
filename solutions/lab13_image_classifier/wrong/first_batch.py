# fails: trains — "only from the first batch"
# base: solution
def fit_classifier(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Loader,
    n_epochs: int,
    device: str = "cpu",
) -> None:
    model.train()
    for _ in range(n_epochs):
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = criterion(model(X), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            break
