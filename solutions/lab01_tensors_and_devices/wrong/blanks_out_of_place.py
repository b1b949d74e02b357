# fails: column_blanked — "You changed a copy"
# base: solution
def blank_column(X, j, value):
    X.index_fill(1, torch.tensor([j]), value)
