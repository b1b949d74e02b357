# fails: cubes — "before f sees it"
import torch

EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}


def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    f(leaf.detach()).backward()
    return leaf.grad.tolist()


def best_device():
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def shared_view(a):
    return torch.from_numpy(a)


def independent_copy(a):
    return torch.tensor(a, dtype=torch.float32)
