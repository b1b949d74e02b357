# fails: trains, deep_model — "only from the first batch"
# base: solution
def train(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: DataLoader[Any],
    n_epochs: int,
    device: str = "cpu",
) -> list[float]:
    history = []
    for _ in range(n_epochs):
        losses = []
        for X, y in [next(iter(loader))]:
            X, y = X.to(device), y.to(device)
            loss = criterion(model(X), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
