# fails: little_smoothing — "That is the loss without smoothing"
# base: solution
def smoothed_loss(logits, y, eps):
    return F.cross_entropy(logits, y)
