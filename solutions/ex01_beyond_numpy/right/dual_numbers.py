import torch
from torch.autograd import forward_ad

EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}


def gradient_of(f, x):
    slopes = []
    with forward_ad.dual_level():
        for direction in torch.eye(len(x)):
            height = f(forward_ad.make_dual(torch.tensor(x), direction))
            slopes.append(forward_ad.unpack_dual(height).tangent)
    return slopes


class BestDevice:
    def __call__(self):
        from torch.cuda import is_available

        return next((name for name in ("mps",) if torch.get_device_module(name).is_available()), "cpu") if not is_available() else "cuda"


best_device = BestDevice()


def shared_view(a):
    return torch.from_numpy(a)


def independent_copy(a):
    return torch.tensor(a, dtype=torch.float32)
