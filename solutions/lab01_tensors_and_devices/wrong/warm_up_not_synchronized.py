# fails: seconds_on_a_device — "and synchronize, before the clock starts"
# base: solution
def seconds_per_call(f, synchronize, clock, repeats):
    f()
    start = clock()
    for _ in range(repeats):
        f()
    synchronize()
    return (clock() - start) / repeats
