# fails: three_mechanisms — "Same mechanism, two spellings"
# base: solution
@torch.no_grad()
def way_2(fn, x):
    return fn(x)
