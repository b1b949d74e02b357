# fails: cubes — "hand it the whole point at once"
import torch

EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}


def gradient_of(f, x):
    leaves = [torch.tensor(value, requires_grad=True) for value in x]
    f(*leaves).backward()
    return [leaf.grad.item() for leaf in leaves]


def best_device():
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def shared_view(a):
    return torch.from_numpy(a)


def independent_copy(a):
    return torch.tensor(a, dtype=torch.float32)
