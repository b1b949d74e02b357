# fails: shared_by_two_simple_functions — "the product of the slopes"
# base: right/fresh_leaves.py
def summed_slope(fs, x0):
    product = 1
    for f in fs:
        product = product * slope(f, x0)
    return product
