# fails: maxima_of_columns — "the maxima of the rows"
# base: solution
def column_max(X):
    return tuple(X.max(dim=1))
