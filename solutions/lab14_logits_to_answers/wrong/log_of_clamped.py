# fails: far_from_zero — "You lose tiny probabilities"
# base: solution
def weighted_loss(logits, y, weights):
    return F.nll_loss(probabilities(logits).clamp(min=1e-9).log(), y, weight=weights)
