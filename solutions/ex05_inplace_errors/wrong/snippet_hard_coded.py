# fails: snippets_elsewhere — "exactly as the statement has it"
# base: solution
def a1(t):
    return t * -0.599757 + 0.659583 + 2 * 0.599757
