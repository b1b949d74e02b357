# fails: arrays — "returned None"
# base: solution
def independent_copy(a):
    copy = torch.tensor(a, dtype=torch.float32)
