import torch

NEW = {"exp": torch.exp, "relu": torch.relu, "abs": torch.abs, "sqrt": torch.sqrt}
OVER = {"exp": torch.exp_, "relu": torch.relu_, "abs": torch.abs_, "sqrt": torch.sqrt_}


out_of_place = lambda op, x: NEW[op](x)  # noqa: E731


in_place = lambda op, x: OVER[op](x)  # noqa: E731


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
