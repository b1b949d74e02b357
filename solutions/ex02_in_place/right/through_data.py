import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    getattr(x.data, op + "_")()
    return x


def storage_of(tensor):
    storage = tensor.untyped_storage()
    return range(storage.data_ptr(), storage.data_ptr() + storage.nbytes())


def same_memory(a, b):
    one, other = storage_of(a), storage_of(b)
    return one.start < other.stop and other.start < one.stop
