# fails: trains — "although the previous one did"
# base: solution
KEPT = {}


def train_bgd(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    X: torch.Tensor,
    y: torch.Tensor,
    n_epochs: int,
) -> list[float]:
    optimizer = KEPT.setdefault("optimizer", optimizer)
    losses = []
    for _ in range(n_epochs):
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses
