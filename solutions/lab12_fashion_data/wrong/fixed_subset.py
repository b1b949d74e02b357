# fails: three_sets — "expected 5"
# base: solution
from torch.utils.data import Subset


def load(root: str, seed: int, n_valid: int) -> tuple[Dataset[Any], Dataset[Any], Dataset[Any]]:
    data = FashionMNIST(root, train=True, download=True, transform=to_tensor)
    test = FashionMNIST(root, train=False, download=True, transform=to_tensor)
    train, valid = Subset(data, range(15)), Subset(data, range(15, len(data) - 1))
    return train, valid, test
