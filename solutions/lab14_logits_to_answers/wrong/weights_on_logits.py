# fails: known_weights — "multiply those, not the logits"
# base: solution
def weighted_loss(logits, y, weights):
    return F.cross_entropy(logits * weights, y)
