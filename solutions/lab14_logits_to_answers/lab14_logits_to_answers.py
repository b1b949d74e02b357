"""Reference solution of lab 14."""

import torch
import torch.nn.functional as F


def probabilities(logits: torch.Tensor) -> torch.Tensor:
    return logits.softmax(dim=1)


def top_k(logits: torch.Tensor, k: int) -> tuple[torch.Tensor, torch.Tensor]:
    # Softmax first: the classes that are not chosen count, too.
    p, classes = probabilities(logits).topk(k, dim=1)
    return p, classes


def smoothed_loss(logits: torch.Tensor, y: torch.Tensor, eps: float) -> torch.Tensor:
    return F.cross_entropy(logits, y, label_smoothing=eps)


def class_weights(counts: torch.Tensor) -> torch.Tensor:
    inverse = torch.where(counts > 0, 1 / counts, 0.0)
    return inverse / inverse.sum()


def weighted_loss(logits: torch.Tensor, y: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    return F.cross_entropy(logits, y, weight=weights)
