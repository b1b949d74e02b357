# In 64 bits, with an error that is kept, and bools as tensors.
import contextlib

import torch


class Experiment:
    def __init__(self, op, x):
        self.leaf = torch.nn.Parameter(x.double())
        self.v = self.leaf.view_as(self.leaf).clone()
        self.z = op(self.v)

    def fails(self):
        before = torch.tensor(True)
        with contextlib.suppress(RuntimeError):
            self.z.mean().backward()
            before = torch.tensor(False)
        return before


def saves(op, x):
    first, second = Experiment(op, x), Experiment(op, x)
    first.v.zero_()
    second.z.fill_(3)
    return {"input": first.fails(), "output": second.fails()}
