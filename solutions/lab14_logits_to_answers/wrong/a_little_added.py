# fails: any_counts — "A class without samples must get the weight 0"
# base: solution
def class_weights(counts):
    inverse = 1 / (counts + 1e-6)
    return inverse / inverse.sum()
