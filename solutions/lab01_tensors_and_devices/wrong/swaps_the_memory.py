# fails: column_of_a_view — "X now has new memory"
# base: solution
def blank_column(X, j, value):
    X.data = torch.where(torch.arange(X.shape[1]) == j, torch.tensor(value), X)
