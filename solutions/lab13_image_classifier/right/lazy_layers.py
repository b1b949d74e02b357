# right: a Sequential by inheritance, lazy layers, view(-1, …), one image at a time
import torch
from torch import nn


def to_inputs(images):
    return torch.stack([(image.float() / 255)[None] for image in images])


class ImageClassifier(nn.Sequential):
    def __init__(self, n_inputs, n_hidden1, n_hidden2, n_classes):
        sizes = [n_hidden1, n_hidden2]
        layers = [layer for size in sizes for layer in (nn.LazyLinear(size), nn.ReLU(inplace=True))]
        super().__init__(*layers, nn.LazyLinear(n_classes))
        self.n_inputs = n_inputs
        self(torch.zeros(1, n_inputs))

    def forward(self, X):
        return super().forward(X.reshape(-1, self.n_inputs))


def fit_classifier(model, optimizer, criterion, loader, n_epochs, device="cpu"):
    for _ in range(n_epochs):
        model.train(True)
        for batch in loader:
            X, y = (part.to(device) for part in batch)
            model.zero_grad()
            criterion(model(X), y).backward()
            optimizer.step()
    return model


def accuracy(model, loader):
    model.eval()
    right = count = 0
    for X, y in loader:
        guesses = model(X).detach().topk(1, dim=1).indices.squeeze(1)
        right += sum(int(guess) == int(target) for guess, target in zip(guesses, y, strict=True))
        count += X.shape[0]
    return right / count


def names_of(model, images, classes):
    model.eval()
    names = []
    for image in images:
        with torch.no_grad():
            names.append(classes[int(model(to_inputs(image[None]))[0].argmax())])
    return names
