# fails: chosen_by_seed — "The same seed is to choose the same images"
# base: solution
generators: dict[int, torch.Generator] = {}


def load(root: str, seed: int, n_valid: int) -> tuple[Dataset[Any], Dataset[Any], Dataset[Any]]:
    data = FashionMNIST(root, train=True, download=True, transform=to_tensor)
    test = FashionMNIST(root, train=False, download=True, transform=to_tensor)
    generator = generators.setdefault(seed, torch.Generator().manual_seed(seed))
    train, valid = random_split(data, [len(data) - n_valid, n_valid], generator=generator)
    return train, valid, test
