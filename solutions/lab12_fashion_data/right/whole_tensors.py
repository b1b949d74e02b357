# right: the files' tensors taken at once, TensorDatasets made of them; labels are tensors without dimensions
import random

import torch
from torch.utils.data import DataLoader, TensorDataset
from torchvision.datasets import FashionMNIST
from torchvision.transforms.v2 import functional as F


def to_tensor(image):
    return F.to_dtype(F.pil_to_tensor(image), torch.float32, scale=True)


def as_dataset(data, rows):
    return TensorDataset(data.data[rows].unsqueeze(1).float().div(255), data.targets[rows])


def load(root, seed, n_valid):
    data = FashionMNIST(root, train=True)
    rows = list(range(len(data)))
    random.Random(seed).shuffle(rows)
    valid, train = rows[:n_valid], sorted(rows[n_valid:])
    test = FashionMNIST(root, train=False)
    return as_dataset(data, train), as_dataset(data, valid), as_dataset(test, list(range(len(test))))


def loaders(train, valid, test, batch_size):
    loaders = {"train": train, "valid": valid, "test": test}
    for name, dataset in loaders.items():
        loaders[name] = DataLoader(dataset, batch_size=batch_size, shuffle=name == "train")
    return tuple(loaders.values())
