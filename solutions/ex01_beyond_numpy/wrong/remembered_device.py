# fails: device — "anew in every call"
import torch

EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}


def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    f(leaf).backward()
    return leaf.grad.tolist()


DEVICE = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"


def best_device():
    return DEVICE


def shared_view(a):
    return torch.from_numpy(a)


def independent_copy(a):
    return torch.tensor(a, dtype=torch.float32)
