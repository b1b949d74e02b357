# fails: shared_by_random_functions — "returned"
# base: right/fresh_leaves.py
def summed_slope(fs, x0):
    return slope(fs[0], x0) + slope(fs[1], x0)
