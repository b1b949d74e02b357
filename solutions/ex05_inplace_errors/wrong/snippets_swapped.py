# fails: snippets — "exactly as the statement has it"
# base: solution
SNIPPETS = {"a1": a1, "a2": a2, "a3": a3, "b1": b2, "b2": b1}
