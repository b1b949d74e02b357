# fails: moves — "Move both to the device"
# base: right/functional.py
def fit_classifier(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    history = []
    for _ in range(n_epochs):
        model.train()
        for X, y in loader:
            optimizer.zero_grad()
            loss = F.nll_loss(F.log_softmax(model(X.to(device)), dim=1), y)
            loss.backward()
            optimizer.step()
            history.append(loss.item())
    return history
