# fails: three_sets — "give the dataset transform=to_tensor"
# base: solution
def load(root: str, seed: int, n_valid: int) -> tuple[Dataset[Any], Dataset[Any], Dataset[Any]]:
    data = FashionMNIST(root, train=True, download=True)
    test = FashionMNIST(root, train=False, download=True)
    generator = torch.Generator().manual_seed(seed)
    train, valid = random_split(data, [len(data) - n_valid, n_valid], generator=generator)
    return train, valid, test
