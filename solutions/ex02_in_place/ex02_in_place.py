"""Reference solution of exercise 2."""

import torch


def out_of_place(op: str, x: torch.Tensor) -> torch.Tensor:
    return getattr(x, op)()


def in_place(op: str, x: torch.Tensor) -> torch.Tensor:
    # The twin with the underscore writes into the memory of x, whatever x is a view of, and returns x.
    return getattr(x, op + "_")()


def same_memory(a: torch.Tensor, b: torch.Tensor) -> bool:
    # Not a.data_ptr(): that is where a tensor's first element lies, and views of one storage may begin anywhere in it.
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
