# fails: maxima_of_columns — "rows' maxima"
# base: solution
def column_max(X):
    return tuple(X.max(dim=1))
