# fails: seconds_without_a_device — "These are milliseconds"
# base: solution
def seconds_per_call(f, synchronize, clock, repeats):
    f()
    synchronize()
    start = clock()
    for _ in range(repeats):
        f()
    synchronize()
    return 1000 * (clock() - start) / repeats
