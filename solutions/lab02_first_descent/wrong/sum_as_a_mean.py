# fails: shared_by_two_simple_functions — "`.grad` holds their sum"
# base: right/fresh_leaves.py
def summed_slope(fs, x0):
    return sum(slope(f, x0) for f in fs) / len(fs)
