# fails: fit_losses — "The criterion takes the output first, then the targets"
# base: solution
def fit(model, optimizer, criterion, batches, valid_batches, n_epochs):
    history = []
    for _ in range(n_epochs):
        model.train()
        train_losses = []
        for X, y in batches:
            loss = criterion(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            train_losses.append(loss.item())
        valid_losses = [criterion(y, predict(model, X)).item() for X, y in valid_batches]
        history.append(
            {
                "train_loss": sum(train_losses) / len(train_losses),
                "valid_loss": sum(valid_losses) / len(valid_losses),
            }
        )
    return history
