# fails: column_blanked — "The whole of X is blank"
# base: solution
def blank_column(X, j, value):
    X.fill_(value)
