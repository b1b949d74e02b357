# fails: any_counts — "You divided by zero"
# base: solution
def class_weights(counts):
    inverse = [1 / c for c in counts.tolist()]
    return torch.tensor(inverse) / sum(inverse)
