# fails: three_mechanisms — "Same mechanism, two spellings"
# base: solution
def way_1(fn, x):
    return torch.inference_mode()(fn)(x)
