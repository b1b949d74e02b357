# fails: train_by_position — "The criterion takes the output first, then the targets"
# base: solution
def train_multi(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    history = []
    for _ in range(n_epochs):
        model.train()
        losses = []
        for *inputs, y in loader:
            inputs, y = [tensor.to(device) for tensor in inputs], y.to(device)
            optimizer.zero_grad()
            loss = criterion(y, model(*inputs))
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
