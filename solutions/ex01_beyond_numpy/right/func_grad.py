import torch

EXTRAS = ["optimizers", "loaders", "layers", "compile", "autograd", "accelerators"]


def gradient_of(f, x):
    return torch.func.grad(f)(torch.tensor(x))


def best_device():
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def shared_view(a):
    return torch.from_numpy(a)


def independent_copy(a):
    return torch.tensor(a, dtype=torch.float32)
