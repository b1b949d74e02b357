# fails: little_smoothing — "That is the sum over the samples"
# base: solution
def smoothed_loss(logits, y, eps):
    return F.cross_entropy(logits, y, label_smoothing=eps, reduction="sum")
