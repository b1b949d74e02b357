"""The sum over samples, divided by the length of the loader's dataset."""

STEPS = ["get_batch", "move", "zero_grad", "forward", "loss", "backward", "step"]


def train(model, optimizer, criterion, batches, n_epochs, device="cpu"):
    means = []
    for _ in range(n_epochs):
        model.train()
        total = 0.0
        for X, y in batches:
            optimizer.zero_grad()
            loss = criterion(model(X.to(device)), y.to(device))
            loss.backward()
            optimizer.step()
            total += loss.item() * len(X)
        means.append(total / len(batches.dataset))
    return means
