# fails: plain_losses — "keeps the graph"
# base: solution
def fit(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    batches: Batches,
    valid_batches: Batches,
    n_epochs: int,
) -> list[dict[str, float]]:
    history = []
    for _ in range(n_epochs):
        # In every epoch: the evaluation below leaves the model in eval mode.
        model.train()
        train_losses = []
        for X, y in batches:
            loss = criterion(model(X), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            train_losses.append(loss)
        valid_losses = [criterion(predict(model, X), y).item() for X, y in valid_batches]
        history.append({
            "train_loss": sum(train_losses) / len(train_losses),
            "valid_loss": sum(valid_losses) / len(valid_losses),
        })
    return history
