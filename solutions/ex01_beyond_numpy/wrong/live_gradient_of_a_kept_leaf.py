# fails: cubes — "second answer contains the first"
import torch

EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}


LEAVES = [torch.zeros(n, requires_grad=True) for n in range(20)]


def gradient_of(f, x):
    leaf = LEAVES[len(x)]
    with torch.no_grad():
        leaf[:] = torch.tensor(x)
    f(leaf).backward()
    return leaf.grad


def best_device():
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def shared_view(a):
    return torch.from_numpy(a)


def independent_copy(a):
    return torch.tensor(a, dtype=torch.float32)
