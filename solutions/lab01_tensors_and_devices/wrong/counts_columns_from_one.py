# fails: column_blanked — "counted from 0"
# base: solution
def blank_column(X, j, value):
    X[:, j - 1] = value
