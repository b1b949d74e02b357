# right: a TensorDataset with another constructor, a sampler with a generator, the mean over samples
import torch
from torch.utils.data import DataLoader, RandomSampler, SequentialSampler, TensorDataset


class PairDataset(TensorDataset):
    def __init__(self, X, y):
        super().__init__(X, y.unsqueeze(1))


def make_loader(dataset, batch_size, shuffle, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    sampler = RandomSampler(dataset, generator=generator) if shuffle else SequentialSampler(dataset)
    return DataLoader(dataset, batch_size=batch_size, sampler=sampler)


def train(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    history = []
    for _ in range(n_epochs):
        model.train()
        total = 0.0
        for inputs, targets in loader:
            inputs, targets = inputs.to(device), targets.to(device)
            optimizer.zero_grad()
            loss = criterion(model(inputs), targets)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(targets)
        history.append(total / len(loader.dataset))
    return history
