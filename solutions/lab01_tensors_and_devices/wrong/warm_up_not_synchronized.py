# fails: seconds_on_a_device — "synchronize() before you start the clock"
# base: solution
def seconds_per_call(f, synchronize, clock, repeats):
    f()
    start = clock()
    for _ in range(repeats):
        f()
    synchronize()
    return (clock() - start) / repeats
