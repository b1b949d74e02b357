# fails: maxima_of_columns — "the largest number of all"
# base: solution
def column_max(X):
    return X.max(), X.argmax()
