# fails: column_blanked — "the first index is the row"
# base: solution
def blank_column(X, j, value):
    X[j] = value
