# fails: rule — "saves its output for backward, so overwriting it raises"
# base: solution

# These derivatives are written in terms of the output: exp' = exp, tanh' = 1 - tanh², sqrt' = 1 / (2 sqrt), …
SAVE_THEIR_OUTPUT = {"exp", "sigmoid", "sqrt", "tanh"}
