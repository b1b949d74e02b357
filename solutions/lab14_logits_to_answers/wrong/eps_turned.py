# fails: little_smoothing — "You swapped eps and 1 - eps"
# base: solution
def smoothed_loss(logits, y, eps):
    return F.cross_entropy(logits, y, label_smoothing=1 - eps)
