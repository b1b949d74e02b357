# fails: any_counts — "Division by zero"
# base: solution
def class_weights(counts):
    inverse = [1 / c for c in counts.tolist()]
    return torch.tensor(inverse) / sum(inverse)
