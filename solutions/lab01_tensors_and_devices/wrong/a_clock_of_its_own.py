# fails: seconds_without_a_device — "expected 0.25"
# base: solution
from time import perf_counter


def seconds_per_call(f, synchronize, clock, repeats):
    f()
    synchronize()
    start = perf_counter()
    for _ in range(repeats):
        f()
    synchronize()
    return (perf_counter() - start) / repeats
