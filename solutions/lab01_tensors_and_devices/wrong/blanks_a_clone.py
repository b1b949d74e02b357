# fails: column_blanked — "You changed a copy"
# base: solution
def blank_column(X, j, value):
    X = X.clone()
    X[:, j] = value
