# fails: overwriting — "An earlier result has changed"
# base: solution
BUFFERS = {}


def out_of_place(op, x):
    buffer = BUFFERS.setdefault(x.shape, torch.empty_like(x))
    buffer.copy_(x)
    return getattr(buffer, op + "_")()
