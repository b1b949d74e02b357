# fails: far_from_zero — "exp() of a large logit is infinite"
# base: solution
def probabilities(logits):
    powers = logits.exp()
    return powers / powers.sum(dim=1, keepdim=True)
