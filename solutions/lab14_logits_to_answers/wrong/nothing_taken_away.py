# fails: little_smoothing — "take what the classes share from the true one first"
# base: solution
def smoothed_loss(logits, y, eps):
    target = F.one_hot(y, logits.shape[1]) + eps / logits.shape[1]
    return F.cross_entropy(logits, target)
