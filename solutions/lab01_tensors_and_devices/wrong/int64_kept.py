# fails: matrix_of_numbers — "Ints give an int64 tensor"
# base: solution
def float_matrix(rows):
    return torch.tensor(rows)
