# fails: rows_alone — "must not depend on its neighbours"
# base: right/plain.py
def predict(checkpoint, X):
    model = CoverTypeMLP(**checkpoint["hyperparameters"])
    model.load_state_dict(checkpoint["model_state_dict"])
    model.eval()
    std = X.std(axis=0)
    own = {"mean": torch.tensor(X.mean(axis=0)), "std": torch.tensor(np.where(std == 0, 1, std))}
    features = CoverTypeDataset(X, stats=own).X
    with torch.no_grad():
        return model(features).argmax(1).numpy() + 1
