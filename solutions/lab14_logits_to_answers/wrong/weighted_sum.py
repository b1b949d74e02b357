# fails: known_weights — "That is the weighted sum"
# base: solution
def weighted_loss(logits, y, weights):
    return F.cross_entropy(logits, y, weight=weights, reduction="sum")
