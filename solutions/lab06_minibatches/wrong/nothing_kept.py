# fails: samples — "assign everything to self"
# base: solution
class PairDataset(Dataset):
    def __init__(self, X: torch.Tensor, y: torch.Tensor) -> None:
        # One column, so that a batch of targets has the shape of a batch of predictions.
        X, y = X, y.reshape(-1, 1)

    def __len__(self) -> int:
        return len(self.X)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        return self.X[index], self.y[index]
