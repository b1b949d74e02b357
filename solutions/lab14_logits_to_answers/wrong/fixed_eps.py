# fails: little_smoothing — "That is the loss for eps = 0.1"
# base: solution
def smoothed_loss(logits, y, eps):
    return F.cross_entropy(logits, y, label_smoothing=0.1)
