# fails: known_weights — "The loss is one number"
# base: solution
def weighted_loss(logits, y, weights):
    return F.cross_entropy(logits, y, weight=weights, reduction="none")
