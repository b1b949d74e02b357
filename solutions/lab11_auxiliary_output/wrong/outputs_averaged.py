# fails: train_two_outputs, train_any — "You averaged the outputs before the criterion"
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
            loss = criterion((main + aux) / 2, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
