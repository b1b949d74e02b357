# fails: known_weights — "You multiplied the logits by the weights"
# base: solution
def weighted_loss(logits, y, weights):
    return F.cross_entropy(logits * weights, y)
