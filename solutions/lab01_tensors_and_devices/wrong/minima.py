# fails: maxima_of_columns — "the smallest numbers"
# base: solution
def column_max(X):
    return tuple(X.min(dim=0))
