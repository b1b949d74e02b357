# fails: three_sets — "test is cut from the training file"
# base: solution
def load(root: str, seed: int, n_valid: int) -> tuple[Dataset[Any], Dataset[Any], Dataset[Any]]:
    data = FashionMNIST(root, train=True, download=True, transform=to_tensor)
    generator = torch.Generator().manual_seed(seed)
    train, valid, test = random_split(data, [len(data) - 2 * n_valid, n_valid, n_valid], generator=generator)
    return train, valid, test
