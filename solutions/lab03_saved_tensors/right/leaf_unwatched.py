# Even the leaf may be changed while autograd is off; and the change is noticed.
import torch


def refused(change, op, x):
    leaf = torch.tensor(x.tolist(), requires_grad=True)
    z = op(leaf)
    with torch.no_grad():
        change(leaf, z).mul_(0.5)
    try:
        torch.autograd.grad(z, leaf, torch.ones_like(z))
    except RuntimeError as error:
        if "modified by an inplace operation" not in str(error):
            raise
        return True
    return False


def saves(op, x):
    return {
        "input": refused(lambda leaf, z: leaf, op, x),
        "output": refused(lambda leaf, z: z, op, x),
    }
