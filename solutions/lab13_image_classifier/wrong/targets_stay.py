# fails: moves — "Move both to the device"
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
            loss = criterion(model(X.to(device)), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
