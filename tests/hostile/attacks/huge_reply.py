# attack: answer with more text than anyone can read
# verdict: failed, error, timeout
def gradient_at(x, y):
    return "x" * 10**8


def gradient(f, *point):
    return list(range(10**7))
