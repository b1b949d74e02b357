# fails: losses — "the main losses only"
# base: solution
def train_aux(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Iterable[Sequence[torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
    aux_weight: float = 0.2,
) -> list[float]:
    history = []
    for _ in range(n_epochs):
        model.train()
        losses = []
        for *inputs, y in loader:
            inputs, y = [X.to(device) for X in inputs], y.to(device)
            main, aux = model(*inputs)
            loss = (1 - aux_weight) * criterion(main, y) + aux_weight * criterion(aux, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(criterion(main, y).item())
        history.append(sum(losses) / len(losses))
    return history
