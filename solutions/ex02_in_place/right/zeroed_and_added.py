import operator

import torch


def out_of_place(op, x):
    return operator.methodcaller(op)(x)


def in_place(op, x):
    new = out_of_place(op, x)
    x *= 0
    x += new
    return x


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
