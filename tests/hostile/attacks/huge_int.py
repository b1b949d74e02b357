# attack: answer with an integer of a million digits
# verdict: failed, error
def gradient_at(x, y):
    return 1 << 10**7, -1 << 2000
