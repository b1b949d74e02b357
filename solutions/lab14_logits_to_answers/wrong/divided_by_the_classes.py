# fails: known_weights — "You divided by the sum over the K classes"
# base: solution
def weighted_loss(logits, y, weights):
    return F.cross_entropy(logits, y, weight=weights, reduction="sum") / weights.sum()
