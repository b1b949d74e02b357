"""Lab 14: from logits to answers.

    probabilities(logits)              a tensor (n, K): the probabilities of each row
    top_k(logits, k)                   the k most probable classes of each row, the most probable first: the pair
                                       (their probabilities among all K classes, their numbers), tensors (n, k)
    smoothed_loss(logits, y, eps)      the mean cross-entropy with targets smoothed by eps, as PyTorch defines it
    class_weights(counts)              K weights, inversely proportional to the counts; they add up to 1
    weighted_loss(logits, y, weights)  the weighted mean of the samples' cross-entropies, as PyTorch defines it

logits is float32 (n, K), y int64 (n,), counts int64 (K,), weights float32 (K,).
"""

import torch


def probabilities(logits: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def top_k(logits: torch.Tensor, k: int) -> tuple[torch.Tensor, torch.Tensor]:
    raise NotImplementedError


def smoothed_loss(logits: torch.Tensor, y: torch.Tensor, eps: float) -> torch.Tensor:
    raise NotImplementedError


def class_weights(counts: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def weighted_loss(logits: torch.Tensor, y: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError
