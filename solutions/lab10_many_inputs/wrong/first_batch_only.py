# fails: train_by_position, train_any_number — "only from the first batch"
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
        for *inputs, y in loader:
            inputs, y = [X.to(device) for X in inputs], y.to(device)
            loss = criterion(model(*inputs), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            break
        history.append(sum(losses) / len(losses))
    return history
