# fails: known_weights — "Divide by the weights' sum"
# base: solution
def weighted_loss(logits, y, weights):
    return (weights[y] * F.cross_entropy(logits, y, reduction="none")).mean()
