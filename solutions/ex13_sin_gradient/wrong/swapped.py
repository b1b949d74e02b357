# fails: one_point, any_function — "swapped"
import torch


def gradient_at(x, y):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in (x, y)]
    torch.sin(leaves[0] ** 2 * leaves[1]).backward()
    return leaves[1].grad.item(), leaves[0].grad.item()
