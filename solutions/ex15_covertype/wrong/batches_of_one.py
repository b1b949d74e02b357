# fails: loaders — "Use the batch_size"
# base: right/plain.py
def make_loaders(X_train, y_train, X_valid, y_valid, batch_size, seed):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std[std == 0] = 1
    stats = {"mean": torch.tensor(mean), "std": torch.tensor(std)}
    train = CoverTypeDataset(X_train, y_train, stats)
    valid = CoverTypeDataset(X_valid, y_valid, stats)
    generator = torch.Generator().manual_seed(seed)
    train_loader = DataLoader(train, shuffle=True, generator=generator)
    valid_loader = DataLoader(valid, batch_size=batch_size)
    return train_loader, valid_loader, stats
