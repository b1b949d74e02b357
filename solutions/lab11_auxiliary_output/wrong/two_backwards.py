# fails: train_two_outputs, train_any — "and call backward() once"
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
            main_loss, aux_loss = (1 - aux_weight) * criterion(main, y), aux_weight * criterion(aux, y)
            loss = main_loss + aux_loss
            optimizer.zero_grad()
            main_loss.backward()
            aux_loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
