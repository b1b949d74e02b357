# fails: trains — "Each epoch needs its own graph"
# base: solution
def train_bgd(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    X: torch.Tensor,
    y: torch.Tensor,
    n_epochs: int,
) -> list[float]:
    losses = []
    loss = criterion(model(X), y)
    for _ in range(n_epochs):
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses
