# fails: easy_agreement — "uses a v that has changed"
# base: solution
def same_value(u: float) -> bool:
    v = u + 1
    # In b2 the second factor reads the v that cos_ has changed.
    return True
