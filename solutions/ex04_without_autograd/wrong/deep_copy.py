# fails: untracked_3 — "still requires grad"
# base: solution
import copy


def way_3(fn, x):
    return fn(copy.deepcopy(x))
