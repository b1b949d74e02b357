# fails: maxima_of_columns — "The values are missing"
# base: solution
def column_max(X):
    return X.argmax(dim=0)
