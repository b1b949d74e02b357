# fails: predict — "depend on a row's place"
# base: right/plain.py
def fit(X_train, y_train, X_valid, y_valid, device, budget_s, seed):
    started = time.monotonic()
    torch.manual_seed(seed)
    hyperparameters = {"hidden": 64}
    train_loader, valid_loader, stats = make_loaders(X_train, y_train, X_valid, y_valid, 128, seed)
    X, y = train_loader.dataset.X.to(device), train_loader.dataset.y.to(device)
    X_val, y_val = valid_loader.dataset.X.to(device), valid_loader.dataset.y.to(device)
    model = CoverTypeMLP(**hyperparameters).to(device)
    criterion = nn.CrossEntropyLoss()
    epochs = 2
    steps = epochs * -(-len(X) // 128)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.01, total_steps=steps)
    history = {"train_loss": [], "valid_accuracy": []}
    best, best_accuracy = None, -1.0
    for _ in range(epochs):
        model.train()
        losses = []
        for rows in torch.randperm(len(X)).split(128):
            loss = criterion(model(X[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()
            losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            accuracy = (model(X_val).argmax(1) == y_val).float().mean().item()
        history["train_loss"].append(sum(losses) / len(losses))
        history["valid_accuracy"].append(accuracy)
        if accuracy > best_accuracy:
            best, best_accuracy = copy.deepcopy(model.state_dict()), accuracy
        if time.monotonic() - started > 0.8 * budget_s:
            break
    return {
        "model_state_dict": {name: value.cpu() for name, value in best.items()},
        "hyperparameters": hyperparameters,
        "stats": stats,
        "history": history,
    }


def predict(checkpoint, X):
    model = CoverTypeMLP(**checkpoint["hyperparameters"])
    model.load_state_dict(checkpoint["model_state_dict"])
    model.eval()
    features = CoverTypeDataset(X, stats=checkpoint["stats"]).X
    with torch.no_grad():
        model(features)
    return np.arange(len(X)) % 7 + 1
