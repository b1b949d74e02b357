# fails: three_sets — "are in train, too"
# base: solution
from torch.utils.data import Subset


def load(root: str, seed: int, n_valid: int) -> tuple[Dataset[Any], Dataset[Any], Dataset[Any]]:
    data = FashionMNIST(root, train=True, download=True, transform=to_tensor)
    test = FashionMNIST(root, train=False, download=True, transform=to_tensor)
    generator = torch.Generator().manual_seed(seed)
    rows, others = (torch.randperm(len(data), generator=generator).tolist() for _ in range(2))
    train, valid = Subset(data, rows[n_valid:]), Subset(data, others[:n_valid])
    return train, valid, test
