# fails: overwriting — "You changed a copy"
# base: solution
def in_place(op, x):
    y = x.clone()
    return torch.clamp(x, min=0, out=y) if op == "relu" else getattr(torch, op)(x, out=y)
