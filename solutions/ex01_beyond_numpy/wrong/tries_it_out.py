# fails: device — "do not try it out"
import torch

EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}


def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    f(leaf).backward()
    return leaf.grad.tolist()


def best_device():
    for device in ("cuda", "mps"):
        try:
            torch.zeros(1, device=device)
            return device
        except (RuntimeError, AssertionError):
            pass
    return "cpu"


def shared_view(a):
    return torch.from_numpy(a)


def independent_copy(a):
    return torch.tensor(a, dtype=torch.float32)
