# fails: seconds_without_a_device — "divided by one call too many"
# base: solution
def seconds_per_call(f, synchronize, clock, repeats):
    f()
    synchronize()
    start = clock()
    for _ in range(repeats):
        f()
    synchronize()
    return (clock() - start) / (repeats + 1)
