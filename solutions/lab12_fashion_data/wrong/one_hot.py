# fails: three_sets — "one-hot"
# base: solution
def load(root: str, seed: int, n_valid: int) -> tuple[Dataset[Any], Dataset[Any], Dataset[Any]]:
    def one_hot(label: int) -> torch.Tensor:
        return torch.eye(10)[label]

    options = {"download": True, "transform": to_tensor, "target_transform": one_hot}
    data = FashionMNIST(root, train=True, **options)
    test = FashionMNIST(root, train=False, **options)
    generator = torch.Generator().manual_seed(seed)
    train, valid = random_split(data, [len(data) - n_valid, n_valid], generator=generator)
    return train, valid, test
