# fails: known_weights — "the weights have no effect"
# base: solution
def weighted_loss(logits, y, weights):
    return F.cross_entropy(logits, y)
