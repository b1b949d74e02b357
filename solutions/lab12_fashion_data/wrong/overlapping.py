# fails: three_sets — "Split them"
# base: solution
from torch.utils.data import Subset


def load(root: str, seed: int, n_valid: int) -> tuple[Dataset[Any], Dataset[Any], Dataset[Any]]:
    data = FashionMNIST(root, train=True, download=True, transform=to_tensor)
    test = FashionMNIST(root, train=False, download=True, transform=to_tensor)
    rows = torch.randperm(len(data), generator=torch.Generator().manual_seed(seed)).tolist()
    train, valid = data, Subset(data, rows[:n_valid])
    return train, valid, test
