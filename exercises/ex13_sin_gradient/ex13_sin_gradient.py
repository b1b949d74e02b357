import torch


def sin_x2y(x, y):
    raise NotImplementedError


def gradient_at(x, y):
    raise NotImplementedError


def gradient(f, *point):
    raise NotImplementedError
