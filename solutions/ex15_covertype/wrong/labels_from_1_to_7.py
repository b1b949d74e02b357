# fails: dataset, loaders, fit, dataset_without_labels, loaders_train_only — "shift the labels to 0..6"
# base: right/plain.py
class CoverTypeDataset(Dataset):
    def __init__(self, X, y=None, stats=None):
        X = np.asarray(X)
        if stats is not None:
            X = (X - stats["mean"].numpy()) / stats["std"].numpy()
        self.X = torch.tensor(X, dtype=torch.float32)
        self.y = None if y is None else torch.tensor(np.asarray(y), dtype=torch.int64)

    def __len__(self):
        return len(self.X)

    def __getitem__(self, index):
        if self.y is None:
            return self.X[index]
        return self.X[index], self.y[index]


def predict(checkpoint, X):
    model = CoverTypeMLP(**checkpoint["hyperparameters"])
    model.load_state_dict(checkpoint["model_state_dict"])
    model.eval()
    features = CoverTypeDataset(X, stats=checkpoint["stats"]).X
    with torch.no_grad():
        return model(features).argmax(1).numpy()
