# fails: snippets_elsewhere — "A snippet is to stand as it is"
# base: solution
def a1(t):
    return t * -0.599757 + 0.659583 + 2 * 0.599757
