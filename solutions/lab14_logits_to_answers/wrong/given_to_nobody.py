# fails: little_smoothing — "gave it to nobody"
# base: solution
def smoothed_loss(logits, y, eps):
    return (1 - eps) * F.cross_entropy(logits, y)
