# fails: known_facts — "expected a dict"
# base: solution
def linear_facts(n_in, n_out):
    return n_out, (n_out, n_in), (n_out,), n_out * n_in + n_out
