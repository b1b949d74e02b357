# fails: three_classes — "do not add up to 1"
# base: solution
def class_weights(counts):
    return torch.where(counts > 0, counts.sum() / (len(counts) * counts), 0.0)
