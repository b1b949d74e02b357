# fails: independent_copy — "torch.from_numpy and torch.as_tensor share"
# base: solution
def float_matrix(rows):
    return torch.from_numpy(np.asarray(rows)).float()
