# fails: little_smoothing — "You smoothed the predicted probabilities"
# base: solution
def smoothed_loss(logits, y, eps):
    p = (1 - eps) * logits.softmax(dim=1) + eps / logits.shape[1]
    return F.nll_loss(p.log(), y)
