# fails: loaders — "Shuffle anew in every epoch"
# base: right/plain.py
def make_loaders(X_train, y_train, X_valid, y_valid, batch_size, seed):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std[std == 0] = 1
    stats = {"mean": torch.tensor(mean), "std": torch.tensor(std)}
    order = np.random.default_rng(seed).permutation(len(X_train))
    train = CoverTypeDataset(X_train[order], y_train[order], stats)
    valid = CoverTypeDataset(X_valid, y_valid, stats)
    train_loader = DataLoader(train, batch_size=batch_size)
    valid_loader = DataLoader(valid, batch_size=batch_size)
    return train_loader, valid_loader, stats
