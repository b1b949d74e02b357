# fails: agreement — "compute both values for this u"
# base: solution
def same_value(u: float) -> bool:
    return abs(torch.cos(torch.tensor(u + 1)).item()) < 1e-5
