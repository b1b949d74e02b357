# fails: three_mechanisms — "Same mechanism, two spellings"
# base: solution
def way_1(fn, x):
    return fn(x.detach().clone())


def way_3(fn, x):
    return fn(torch.tensor(x.tolist()))
