# z.grad_fn knows by name what it keeps.
import torch


def saves(op, x):
    v = x.detach().clone().requires_grad_(True).mul(1)
    z = op(v)
    kept = [getattr(z.grad_fn, name) for name in dir(z.grad_fn) if name.startswith("_saved_")]
    places = {tensor.data_ptr() for tensor in kept if isinstance(tensor, torch.Tensor)}
    return dict(output=z.data_ptr() in places, input=v.data_ptr() in places)
