# fails: column_blanked — "use the argument `value`"
# base: solution
def blank_column(X, j, value):
    X[:, j] = 0
