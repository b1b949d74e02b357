# fails: trains — "One epoch too many"
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
    for _ in range(n_epochs + 1):
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses
