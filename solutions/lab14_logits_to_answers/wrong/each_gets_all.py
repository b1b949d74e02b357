# fails: little_smoothing — "each of the K classes gets eps/K"
# base: solution
def smoothed_loss(logits, y, eps):
    target = (1 - eps) * F.one_hot(y, logits.shape[1]) + eps
    return F.cross_entropy(logits, target)
