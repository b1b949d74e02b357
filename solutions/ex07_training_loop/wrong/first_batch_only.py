# fails: linear_model, deep_model — "only from the first batch"
# base: solution
def train(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    batches: Iterable[tuple[torch.Tensor, torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
) -> list[float]:
    history = []
    optimizer.zero_grad()
    for _ in range(n_epochs):
        # In every epoch: whoever evaluates between two epochs leaves the model in eval mode.
        model.train()
        losses = []
        for X, y in batches:
            X, y = X.to(device), y.to(device)
            loss = criterion(model(X), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss.item())
            break
        history.append(sum(losses) / len(losses))
    return history
