# right: cross_entropy with probabilities for targets, and topk's own named tuple
import torch
import torch.nn.functional as F


def probabilities(logits):
    return torch.exp(F.log_softmax(logits, dim=1))


def top_k(logits, k):
    return torch.topk(logits.softmax(1), k)


def smoothed_loss(logits, y, eps):
    K = logits.size(1)
    soft = (1 - eps) * F.one_hot(y, K) + eps / K
    return F.cross_entropy(logits, soft)


def class_weights(counts):
    share = counts.sum() / counts
    share = share.masked_fill(counts == 0, 0)
    return F.normalize(share, p=1, dim=0)


def weighted_loss(logits, y, weights):
    losses = F.cross_entropy(logits, y, reduction="none")
    return (losses @ weights[y]) / weights[y].sum()
