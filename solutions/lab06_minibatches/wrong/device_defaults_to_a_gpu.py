# fails: losses — "the default is"
# base: solution
def train(model, optimizer, criterion, loader, n_epochs, device="cuda"):
    history = []
    for _ in range(n_epochs):
        losses = []
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = criterion(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
