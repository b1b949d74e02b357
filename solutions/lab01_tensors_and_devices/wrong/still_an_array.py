# fails: matrix_of_numbers — "still a NumPy array"
# base: solution
def float_matrix(rows):
    return np.array(rows, dtype=np.float32)
