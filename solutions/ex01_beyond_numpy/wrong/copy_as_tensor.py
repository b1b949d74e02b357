# fails: memory — "already float32 is not copied"
# base: solution
def independent_copy(a):
    return torch.as_tensor(a, dtype=torch.float32)
