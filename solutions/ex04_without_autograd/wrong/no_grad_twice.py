# fails: three_mechanisms — "one mechanism in two spellings"
# base: solution
@torch.no_grad()
def way_2(fn, x):
    return fn(x)
