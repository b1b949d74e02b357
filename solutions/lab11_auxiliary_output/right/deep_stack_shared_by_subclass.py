from collections import namedtuple

import torch
from torch import nn

Outputs = namedtuple("Outputs", "main aux")


class Base(nn.Module):
    def __init__(self, n_deep, h1, h2):
        super().__init__()
        self.l1, self.l2, self.act = nn.Linear(n_deep, h1), nn.Linear(h1, h2), nn.ReLU(inplace=True)

    def deep(self, X):
        return self.act(self.l2(self.act(self.l1(X))))


class WideAndDeepV4(Base):
    def __init__(self, n_wide, n_deep, h1, h2):
        super().__init__(n_deep, h1, h2)
        self.output_layer, self.aux_output_layer = nn.Linear(n_wide + h2, 1), nn.Linear(h2, 1)

    def forward(self, X_wide, X_deep):
        deep = self.deep(X_deep)
        return Outputs(self.output_layer(torch.column_stack([X_wide, deep])), self.aux_output_layer(deep))


def train_aux(model, optimizer, criterion, loader, n_epochs, device="cpu", aux_weight=0.2):
    history = torch.zeros(n_epochs)
    for epoch in range(n_epochs):
        model.train()
        for i, (*inputs, y) in enumerate(loader, 1):
            y = y.to(device)
            main, aux = model(*map(lambda X: X.to(device), inputs))
            main_loss, aux_loss = criterion(main, y), criterion(aux, y)
            loss = main_loss + aux_weight * (aux_loss - main_loss)
            gradients = torch.autograd.grad(loss, list(model.parameters()), allow_unused=True)
            for parameter, gradient in zip(model.parameters(), gradients):
                parameter.grad = gradient
            optimizer.step()
            history[epoch] += (loss.detach().cpu() - history[epoch]) / i
    return history.tolist()


def evaluate_main(model, loader, metric):
    with torch.no_grad():
        predictions = []
        model.eval()
        for *inputs, y in loader:
            predictions.append((model(*inputs)[0], y))
        return sum(metric(*pair) for pair in predictions) / len(predictions)
