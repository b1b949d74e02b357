# right: row by row, in plain Python
import math

import torch


def probabilities(logits):
    rows = []
    for row in logits.tolist():
        top = max(row)
        powers = [math.exp(v - top) for v in row]
        rows.append([v / sum(powers) for v in powers])
    return torch.tensor(rows)


def top_k(logits, k):
    p = [sorted(enumerate(row), key=lambda pair: -pair[1])[:k] for row in probabilities(logits).tolist()]
    return torch.tensor([[v for _, v in row] for row in p]), torch.tensor([[c for c, _ in row] for row in p])


def logs(row):
    top = max(row)
    total = top + math.log(sum(math.exp(v - top) for v in row))
    return [v - total for v in row]


def smoothed_loss(logits, y, eps):
    losses = []
    for row, true in zip(logits.tolist(), y.tolist()):
        lp = logs(row)
        losses.append(-(1 - eps) * lp[true] - eps * sum(lp) / len(lp))
    return sum(losses) / len(losses)


def class_weights(counts):
    total = sum(1 / int(c) for c in counts if c > 0)
    return torch.tensor([0.0 if c == 0 else 1 / int(c) / total for c in counts])


def weighted_loss(logits, y, weights):
    above = below = 0.0
    for row, true in zip(logits.tolist(), y.tolist()):
        w = weights[true].item()
        above -= w * logs(row)[true]
        below += w
    return above / below
