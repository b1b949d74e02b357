# fails: trains — "The criterion takes the output first, then the targets"
# base: solution
def train_bgd(model, optimizer, criterion, X, y, n_epochs):
    losses = []
    for _ in range(n_epochs):
        loss = criterion(y, model(X))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
