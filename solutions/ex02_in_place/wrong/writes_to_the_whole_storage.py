# fails: views — "The neighbours have changed"
# base: solution
def in_place(op, x):
    whole = torch.empty(0, device=x.device).set_(x.untyped_storage())
    getattr(whole, op + "_")()
    return x
