# fails: maxima_of_columns — "The rows are missing"
# base: solution
def column_max(X):
    return X.amax(dim=0)
