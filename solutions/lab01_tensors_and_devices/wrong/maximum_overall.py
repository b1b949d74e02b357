# fails: maxima_of_columns — "the largest number in the whole matrix"
# base: solution
def column_max(X):
    return X.max(), X.argmax()
