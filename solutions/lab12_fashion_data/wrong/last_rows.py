# fails: chosen_by_seed — "whatever the seed"
# base: solution
from torch.utils.data import Subset


def load(root: str, seed: int, n_valid: int) -> tuple[Dataset[Any], Dataset[Any], Dataset[Any]]:
    data = FashionMNIST(root, train=True, download=True, transform=to_tensor)
    test = FashionMNIST(root, train=False, download=True, transform=to_tensor)
    train, valid = Subset(data, range(len(data) - n_valid)), Subset(data, range(len(data) - n_valid, len(data)))
    return train, valid, test
