# fails: overwriting — "An earlier result has changed"
import torch


BUFFERS = {}


def out_of_place(op, x):
    buffer = BUFFERS.setdefault(x.shape, torch.empty_like(x))
    buffer.copy_(x)
    return getattr(buffer, op + "_")()


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
