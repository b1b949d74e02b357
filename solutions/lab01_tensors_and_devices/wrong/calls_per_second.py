# fails: seconds_without_a_device — "turn it round"
# base: solution
def seconds_per_call(f, synchronize, clock, repeats):
    f()
    synchronize()
    start = clock()
    for _ in range(repeats):
        f()
    synchronize()
    return repeats / (clock() - start)
