# fails: known_weights — "You divided by the number of samples"
# base: solution
def weighted_loss(logits, y, weights):
    return (weights[y] * F.cross_entropy(logits, y, reduction="none")).mean()
