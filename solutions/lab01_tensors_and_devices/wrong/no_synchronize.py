# fails: seconds_on_a_device — "its work was not done"
# base: solution
def seconds_per_call(f, synchronize, clock, repeats):
    f()
    start = clock()
    for _ in range(repeats):
        f()
    return (clock() - start) / repeats
