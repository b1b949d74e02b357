import torch

EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}


def gradient_of(f, x):
    with torch.enable_grad():
        leaf = torch.zeros(len(x), requires_grad=True)
        with torch.no_grad():
            for i, value in enumerate(x):
                leaf[i] = value
        f(leaf).backward()
    return leaf.grad.tolist()


def best_device():
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def shared_view(a):
    return torch.from_numpy(a)


def independent_copy(a):
    copy = torch.empty(a.shape)
    copy[...] = torch.from_numpy(a)
    return copy
