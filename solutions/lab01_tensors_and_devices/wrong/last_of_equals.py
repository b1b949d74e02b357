# fails: maxima_of_columns — "the first of them"
# base: solution
def column_max(X):
    values, rows = X.flip(0).max(dim=0)
    return values, len(X) - 1 - rows
