# fails: train_by_position, train_any_number — "for *inputs, y in loader"
# base: solution
def train_multi(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Iterable[Sequence[torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
) -> list[float]:
    history = []
    for _ in range(n_epochs):
        model.train()
        losses = []
        for X, y in loader:
            inputs, y = [X.to(device)], y.to(device)
            loss = criterion(model(*inputs), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
