# fails: seconds_on_a_device — "The slow first call is in your measurement"
# base: solution
def seconds_per_call(f, synchronize, clock, repeats):
    synchronize()
    start = clock()
    for _ in range(repeats):
        f()
    synchronize()
    return (clock() - start) / repeats
