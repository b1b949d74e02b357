# fails: three_mechanisms — "one mechanism in two spellings"
# base: solution
def way_1(fn, x):
    return fn(x.detach().clone())


def way_3(fn, x):
    return fn(torch.tensor(x.tolist()))
