# fails: dataset, loaders, fit, dataset_without_labels, loaders_train_only — "Cross-entropy takes int64"
# base: right/plain.py
class CoverTypeDataset(Dataset):
    def __init__(self, X, y=None, stats=None):
        X = np.asarray(X)
        if stats is not None:
            X = (X - stats["mean"].numpy()) / stats["std"].numpy()
        self.X = torch.tensor(X, dtype=torch.float32)
        self.y = None if y is None else torch.tensor(np.asarray(y), dtype=torch.int32) - 1

    def __len__(self):
        return len(self.X)

    def __getitem__(self, index):
        if self.y is None:
            return self.X[index]
        return self.X[index], self.y[index]
