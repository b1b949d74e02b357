# fails: maxima_of_columns — "Values and rows are swapped"
# base: solution
def column_max(X):
    return X.argmax(dim=0), X.amax(dim=0)
