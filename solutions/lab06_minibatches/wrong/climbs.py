# fails: trains, deep_model — "increases the loss"
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
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = criterion(model(X), y)
            loss.neg().backward()
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
