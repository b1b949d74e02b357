# fails: snippets — "exactly as the statement has it"
# base: solution
def a1(t):
    return t.cos().exp_().item()
