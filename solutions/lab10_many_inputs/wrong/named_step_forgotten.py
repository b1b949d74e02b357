# fails: train_by_name, train_permuted, train_any_names — "has not changed"
# base: solution
def train_named(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Iterable[tuple[dict[str, torch.Tensor], torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
) -> list[float]:
    history = []
    for _ in range(n_epochs):
        model.train()
        losses = []
        for inputs, y in loader:
            inputs, y = {name: X.to(device) for name, X in inputs.items()}, y.to(device)
            loss = criterion(model(**inputs), y)
            optimizer.zero_grad()
            loss.backward()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
