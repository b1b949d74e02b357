# fails: little_smoothing — "The loss must be a single number"
# base: solution
def smoothed_loss(logits, y, eps):
    return F.cross_entropy(logits, y, label_smoothing=eps, reduction="none")
