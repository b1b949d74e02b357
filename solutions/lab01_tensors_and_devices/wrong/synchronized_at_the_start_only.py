# fails: seconds_on_a_device — "also at the end"
# base: solution
def seconds_per_call(f, synchronize, clock, repeats):
    f()
    synchronize()
    start = clock()
    for _ in range(repeats):
        f()
    return (clock() - start) / repeats
