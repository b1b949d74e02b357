# fails: arrays — "even whole numbers"
# base: solution
def independent_copy(a):
    copy = torch.from_numpy(a).clone()
    return copy.float() if copy.dtype == torch.float64 else copy
