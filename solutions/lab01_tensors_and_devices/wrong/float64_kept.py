# fails: matrix_of_numbers — "NumPy's floats have 64 bits"
# base: solution
def float_matrix(rows):
    return torch.tensor(rows) if isinstance(rows, np.ndarray) else torch.tensor(rows, dtype=torch.float32)
