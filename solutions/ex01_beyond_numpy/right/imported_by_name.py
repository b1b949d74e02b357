import torch
from torch import tensor
from torch.backends.mps import is_available as has_mps
from torch.cuda import is_available as has_cuda

EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}


def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    f(leaf).backward()
    return leaf.grad.tolist()


def best_device():
    return "cuda" if has_cuda() else "mps" if has_mps() else "cpu"


def shared_view(a):
    return torch.from_numpy(a)


def independent_copy(a):
    return torch.tensor(a, dtype=torch.float32)
