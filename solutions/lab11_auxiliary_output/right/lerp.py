import statistics

import torch
import torch.nn.functional as F


class WideAndDeepV4(torch.nn.Module):
    def __init__(self, wide, deep, first, second):
        super().__init__()
        self.first = torch.nn.Linear(deep, first)
        self.second = torch.nn.Linear(first, second)
        self.aux_output_layer = torch.nn.Linear(second, 1)
        self.output_layer = torch.nn.Linear(wide + second, 1)

    def forward(self, wide, deep):
        hidden = F.relu(self.second(F.relu(self.first(deep))))
        return self.output_layer(torch.concat([wide, hidden], -1)), self.aux_output_layer(hidden)


def train_aux(model, optimizer, criterion, loader, n_epochs, device="cpu", aux_weight=0.2):
    def learn(*tensors):
        *xs, y = [t.to(device, non_blocking=True) for t in tensors]
        first, second = model(*xs)
        loss = torch.lerp(criterion(first, y), criterion(second, y), aux_weight)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=False)
        return loss.item()

    optimizer.zero_grad()
    history = []
    while len(history) < n_epochs:
        model.train(True)
        history += [statistics.fmean([learn(*batch) for batch in loader])]
    return tuple(history)


def evaluate_main(model, loader, metric):
    model.train(False)
    with torch.inference_mode():
        return statistics.fmean(float(metric(model(*xs)[0], y)) for *xs, y in loader)
