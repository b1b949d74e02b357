# fails: other_optimizers — "The optimizer lost its averages"
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
        optimizer = type(optimizer)(model.parameters(), **optimizer.defaults)
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses
