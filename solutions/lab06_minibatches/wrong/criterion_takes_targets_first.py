# fails: trains — "The criterion takes the output first, then the targets"
# base: solution
def train(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    history = []
    for _ in range(n_epochs):
        losses = []
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = criterion(y, model(X))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
