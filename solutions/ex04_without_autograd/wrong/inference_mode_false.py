# fails: values_2 — "still requires grad"
# base: solution
def way_2(fn, x):
    with torch.inference_mode(False):
        return fn(x)
