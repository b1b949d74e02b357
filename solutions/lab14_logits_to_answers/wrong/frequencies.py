# fails: three_classes — "rare classes need more weight"
# base: solution
def class_weights(counts):
    return counts / counts.sum()
