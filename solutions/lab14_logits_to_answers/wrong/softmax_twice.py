# fails: little_smoothing, known_weights — "You applied softmax twice"
# base: solution
def smoothed_loss(logits, y, eps):
    return F.cross_entropy(probabilities(logits), y, label_smoothing=eps)


def weighted_loss(logits, y, weights):
    return F.cross_entropy(probabilities(logits), y, weight=weights)
