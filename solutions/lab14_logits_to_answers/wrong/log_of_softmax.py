# fails: far_from_zero — "exp() of a large logit is infinite"
# base: solution
def weighted_loss(logits, y, weights):
    return F.nll_loss(probabilities(logits).log(), y, weight=weights)
