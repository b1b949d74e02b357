# attack: answer with tuples that say they are dicts, tensors or numbers, and with classes that raise when looked at
# verdict: failed, error
import torch


class Lying(type):
    def __instancecheck__(cls, thing):
        return True

    def __getattribute__(cls, name):
        raise RuntimeError(name)


class Pair(tuple):
    __class__ = property(lambda self: dict)

    def items(self):
        return [(1.48986, 0.262917)]


class Dict(dict):
    __class__ = property(lambda self: torch.Tensor)


def sin_x2y(x, y):
    return Dict()


def gradient_at(x, y):
    return Pair((1, 2))


def gradient(f, *point):
    class Thing(metaclass=Lying):
        pass

    return Thing()
