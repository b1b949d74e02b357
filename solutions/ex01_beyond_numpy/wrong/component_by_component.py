# fails: cubes — "the whole point at once"
import torch

EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}


def gradient_of(f, x):
    slopes = []
    for value in x:
        leaf = torch.tensor(value, requires_grad=True)
        f(leaf).backward()
        slopes.append(leaf.grad.item())
    return slopes


def best_device():
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def shared_view(a):
    return torch.from_numpy(a)


def independent_copy(a):
    return torch.tensor(a, dtype=torch.float32)
