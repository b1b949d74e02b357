# fails: little_smoothing — "eps and 1 - eps are interchanged"
# base: solution
def smoothed_loss(logits, y, eps):
    return F.cross_entropy(logits, y, label_smoothing=1 - eps)
