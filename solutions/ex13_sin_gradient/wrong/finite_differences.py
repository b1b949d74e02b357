# fails: any_function — "estimates the slope"
import torch


def sin_x2y(x, y):
    return torch.sin(x**2 * y)


def gradient_at(x, y):
    return gradient(sin_x2y, x, y)


def gradient(f, *point):
    h = 1e-3
    slopes = []
    for i in range(len(point)):
        up, down = list(point), list(point)
        up[i] += h
        down[i] -= h
        up, down = ([torch.tensor(v, dtype=torch.float64) for v in side] for side in (up, down))
        slopes.append(((f(*up) - f(*down)) / (2 * h)).item())
    return tuple(slopes)
