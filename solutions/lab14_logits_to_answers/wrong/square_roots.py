# fails: three_classes — "square roots of the counts"
# base: solution
def class_weights(counts):
    inverse = torch.where(counts > 0, counts**-0.5, 0.0)
    return inverse / inverse.sum()
