# right: the transform as a list of modules, random_split by fractions, an own dataset around the split
from typing import NamedTuple

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, random_split
from torchvision.datasets import FashionMNIST
from torchvision.transforms import v2

to_tensor = nn.Sequential(v2.PILToTensor(), v2.ToDtype(torch.float32, scale=True))


class Item(NamedTuple):
    image: torch.Tensor
    label: int


class Transformed(Dataset):
    def __init__(self, pairs):
        self.pairs = pairs

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, index):
        image, label = self.pairs[index]
        return Item(to_tensor(image), label)


def load(root, seed, n_valid):
    pictures = FashionMNIST(root, download=True)
    share = n_valid / len(pictures)
    parts = random_split(pictures, [1 - share, share], generator=torch.Generator().manual_seed(seed))
    if len(parts[1]) != n_valid:  # the fractions are rounded down
        counts = [len(pictures) - n_valid, n_valid]
        parts = random_split(pictures, counts, generator=torch.Generator().manual_seed(seed))
    return (*map(Transformed, parts), Transformed(FashionMNIST(root, train=False, download=True)))


def loaders(train, valid, test, batch_size):
    generator = torch.Generator().manual_seed(7)
    shuffled = DataLoader(train, batch_size, shuffle=True, generator=generator)
    return shuffled, DataLoader(valid, batch_size, shuffle=False), DataLoader(test, batch_size, shuffle=False)
