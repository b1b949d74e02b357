# fails: snippets — "SNIPPETS['b2']"
# base: solution
SNIPPETS = {"a1": a1, "a2": a2, "a3": a3, "b1": b1}
