# fails: little_smoothing — "You smoothed the logits"
# base: solution
def smoothed_loss(logits, y, eps):
    return F.cross_entropy((1 - eps) * logits + eps / logits.shape[1], y)
