# fails: three_classes — "1 minus the frequency"
# base: solution
def class_weights(counts):
    rest = 1 - counts / counts.sum()
    return rest / rest.sum()
