# fails: easy_rule — "overwrit"
# base: solution
def will_raise(op1: str, op2: str) -> bool:
    return op2 in SAVE_THEIR_OUTPUT
