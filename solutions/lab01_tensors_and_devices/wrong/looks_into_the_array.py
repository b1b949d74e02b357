# fails: independent_copy — "shares memory with the array"
# base: solution
def float_matrix(rows):
    return torch.as_tensor(rows, dtype=torch.float32)
