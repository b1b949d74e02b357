# fails: three_mechanisms — "way_1 and way_2 both switch autograd off"
# base: solution
def way_2(fn, x):
    with torch.no_grad():
        return fn(x)


def way_3(fn, x):
    with torch.no_grad():
        return fn(x)
