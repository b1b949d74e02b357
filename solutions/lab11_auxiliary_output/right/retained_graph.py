import torch
from torch import nn


class WideAndDeepV4(nn.Module):
    def __init__(self, n_wide, n_deep, h1, h2):
        super().__init__()
        self.output_layer = nn.Linear(n_wide + h2, 1)
        self.aux_output_layer = nn.Linear(h2, 1)
        self.hidden = nn.ModuleList([nn.Linear(n_deep, h1), nn.Linear(h1, h2)])

    def forward(self, X_wide, X_deep):
        for layer in self.hidden:
            X_deep = layer(X_deep).clamp(min=0)
        return [self.output_layer(torch.hstack((X_wide, X_deep))), self.aux_output_layer(X_deep)]


def train_aux(model, optimizer, criterion, loader, n_epochs, device="cpu", aux_weight=0.2):
    means = []
    for _ in range(n_epochs):
        model.train()
        total, n_batches = 0.0, 0
        for batch in loader:
            *Xs, y = (part.to(device) for part in batch)
            optimizer.zero_grad()
            main, aux = model(*Xs)
            # Gradients add up: two scaled backwards are one of the sum.
            main_loss, aux_loss = (1 - aux_weight) * criterion(main, y), aux_weight * criterion(aux, y)
            main_loss.backward(retain_graph=True)
            aux_loss.backward()
            optimizer.step()
            total += (main_loss + aux_loss).detach()
            n_batches += 1
        means.append(total / n_batches)
    return means


@torch.no_grad()
def evaluate_main(model, loader, metric):
    was_training = model.training
    model.eval()
    values = torch.stack([torch.as_tensor(metric(model(*batch[:-1])[0], batch[-1])) for batch in loader])
    model.train(was_training)
    return values.mean()
