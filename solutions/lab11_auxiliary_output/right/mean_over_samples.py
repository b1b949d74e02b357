import torch
from torch import nn


class WideAndDeepV4(nn.Module):
    def __init__(self, n_wide, n_deep, h1, h2):
        super().__init__()
        self.deep_stack = nn.Sequential(nn.LazyLinear(h1), nn.ReLU(), nn.LazyLinear(h2), nn.ReLU())
        self.output_layer = nn.LazyLinear(1)
        self.aux_output_layer = nn.LazyLinear(1)

    def forward(self, X_wide, X_deep):
        deep = self.deep_stack(X_deep)
        wide_and_deep = torch.cat((X_wide, deep), dim=-1)
        return self.output_layer(wide_and_deep), self.aux_output_layer(deep)


def train_aux(model, optimizer, criterion, loader, n_epochs, device="cpu", aux_weight=0.2):
    weights = torch.tensor([1 - aux_weight, aux_weight], device=device)
    history = []
    for _ in range(n_epochs):
        model.train()
        total = n = 0
        for batch in loader:
            inputs, y = [X.to(device) for X in batch[:-1]], batch[-1].to(device)

            def closure():
                optimizer.zero_grad()
                loss = weights @ torch.stack([criterion(output, y) for output in model(*inputs)])
                loss.backward()
                return loss

            loss = optimizer.step(closure)
            total += loss.item() * len(y)
            n += len(y)
        history.append(total / n)
    return history


def evaluate_main(model, loader, metric):
    model.eval()
    total = 0
    with torch.no_grad():
        for count, batch in enumerate(loader, start=1):
            prediction = model(*batch[:-1])[0]
            total = total + metric(prediction, batch[-1])
    return total / count
