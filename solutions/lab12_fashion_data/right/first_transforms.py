# right: the first generation of transforms, a seeded permutation and two Subsets of it, the last rows for validation
import torch
from torch.utils.data import DataLoader, Subset
from torchvision import datasets, transforms

to_tensor = transforms.ToTensor()


def load(root, seed, n_valid):
    train_file, test = (
        datasets.FashionMNIST(root=root, train=train, transform=to_tensor) for train in (True, False)
    )
    rows = torch.randperm(len(train_file), generator=torch.Generator().manual_seed(seed)).tolist()
    return [Subset(train_file, rows[:-n_valid]), Subset(train_file, rows[-n_valid:]), test]


def loaders(train, valid, test, batch_size):
    return [DataLoader(part, batch_size, shuffle=part is train) for part in (train, valid, test)]
