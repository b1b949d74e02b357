# fails: any_counts — "A class with a single sample has a weight, too"
# base: solution
def class_weights(counts: torch.Tensor) -> torch.Tensor:
    inverse = torch.where(counts > 1, 1 / counts, 0.0)
    return inverse / inverse.sum()
