# fails: functions — "estimates the slope"
import torch

EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}


def gradient_of(f, x):
    h, slopes = 1e-4, []
    for i in range(len(x)):
        up, down = torch.tensor(x, dtype=torch.float64), torch.tensor(x, dtype=torch.float64)
        up[i] += h
        down[i] -= h
        slopes.append(((f(up) - f(down)) / (2 * h)).item())
    return slopes


def best_device():
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def shared_view(a):
    return torch.from_numpy(a)


def independent_copy(a):
    return torch.tensor(a, dtype=torch.float32)
