# fails: arrays — "independent_copy("
# base: solution
COPIES = []


def independent_copy(a):
    if not COPIES:
        COPIES.append(torch.tensor(a, dtype=torch.float32))
    return COPIES[0]
