# fails: random_maxima — "returned"
# base: solution
def column_max(X):
    values, rows = torch.zeros(X.shape[1]), torch.zeros(X.shape[1], dtype=torch.int64)
    for j in range(X.shape[1]):
        for i in range(X.shape[0]):
            if X[i, j] > values[j]:
                values[j], rows[j] = X[i, j], i
    return values, rows
