# fails: trains — "increases the loss"
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
    for _ in range(n_epochs):
        loss = criterion(model(X), y)
        (-loss).backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses
