# fails: dataset_items — "Leave the target unchanged"
# base: solution
class WideAndDeepDataset(Dataset[tuple[dict[str, torch.Tensor], torch.Tensor]]):
    def __init__(self, X_wide: torch.Tensor, X_deep: torch.Tensor, y: torch.Tensor) -> None:
        self.X_wide, self.X_deep, self.y = X_wide, X_deep, y

    def __len__(self) -> int:
        return len(self.y)

    def __getitem__(self, index: int) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        return {"X_wide": self.X_wide[index], "X_deep": self.X_deep[index]}, self.y[index].squeeze()
