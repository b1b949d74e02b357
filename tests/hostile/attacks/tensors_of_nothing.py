# attack: answer with tensors that have a shape and no memory: wrappers, fakes, batches of vmap, strange dtypes
# verdict: failed, error
import torch


class Wrapper(torch.Tensor):
    @staticmethod
    def __new__(cls):
        return torch.Tensor._make_wrapper_subclass(cls, (10**9, 10**9), dtype=torch.float32)

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        return torch.ones(())


kept = []


def sin_x2y(x, y):
    torch.func.vmap(lambda t: kept.append(t) or t)(torch.ones(3))
    return kept[0]


def gradient_at(x, y):
    return Wrapper()


def gradient(f, *point):
    return torch.zeros(2, dtype=torch.float8_e4m3fn), torch.zeros(2, dtype=torch.complex128), Wrapper()
