# fails: any_counts — "You divided by zero"
# base: solution
def class_weights(counts):
    inverse = 1 / counts
    return inverse / inverse.sum()
