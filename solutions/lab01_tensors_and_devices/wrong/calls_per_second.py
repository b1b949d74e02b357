# fails: seconds_without_a_device — "the number of calls per second"
# base: solution
def seconds_per_call(f, synchronize, clock, repeats):
    f()
    synchronize()
    start = clock()
    for _ in range(repeats):
        f()
    synchronize()
    return repeats / (clock() - start)
