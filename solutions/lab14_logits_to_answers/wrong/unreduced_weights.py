# fails: known_weights — "The loss must be a single number"
# base: solution
def weighted_loss(logits, y, weights):
    return F.cross_entropy(logits, y, weight=weights, reduction="none")
