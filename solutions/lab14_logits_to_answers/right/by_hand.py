# right: logsumexp and smoothed targets written out
import torch


def log_p(logits):
    return logits - logits.logsumexp(dim=1, keepdim=True)


def probabilities(logits):
    return log_p(logits).exp()


def top_k(logits, k):
    order = logits.argsort(dim=1, descending=True)[:, :k]
    return probabilities(logits).gather(1, order), order


def smoothed_loss(logits, y, eps):
    target = torch.full_like(logits, eps / logits.shape[1])
    target[torch.arange(len(y)), y] += 1 - eps
    return -(target * log_p(logits)).sum(dim=1).mean()


def class_weights(counts):
    w = 1 / counts
    w[counts == 0] = 0
    return w / w.sum()


def weighted_loss(logits, y, weights):
    losses = -log_p(logits)[torch.arange(len(y)), y]
    return (weights[y] * losses).sum() / weights[y].sum()
