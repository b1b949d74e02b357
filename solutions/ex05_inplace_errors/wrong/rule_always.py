# fails: easy_rule — "may be overwritten"
# base: solution
def will_raise(op1: str, op2: str) -> bool:
    return True
