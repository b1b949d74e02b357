# fails: column_blanked — "not the value that was given"
# base: solution
def blank_column(X, j, value):
    X[:, j] = 0
