# Looks at what is saved, and breaks nothing.
import torch


def saves(op, x):
    v = x.clone().requires_grad_() + 0
    saved = []

    def pack(tensor):
        saved.append(tensor.data_ptr())
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        z = op(v)
    return {"input": v.data_ptr() in saved, "output": z.data_ptr() in saved}
