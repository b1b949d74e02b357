# fails: known_weights — "NLLLoss takes log-probabilities"
# base: solution
def weighted_loss(logits, y, weights):
    return F.nll_loss(probabilities(logits), y, weight=weights)
