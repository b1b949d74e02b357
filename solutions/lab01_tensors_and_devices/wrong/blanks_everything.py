# fails: column_blanked — "You filled all of X"
# base: solution
def blank_column(X, j, value):
    X.fill_(value)
