# fails: any_counts — "do not add up to 1"
# base: solution
def class_weights(counts):
    inverse = 1 / counts.clamp(min=1)
    return torch.where(counts > 0, inverse / inverse.sum(), 0.0)
