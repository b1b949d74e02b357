# fails: little_smoothing — "All K classes share eps"
# base: solution
def smoothed_loss(logits, y, eps):
    K = logits.shape[1]
    target = torch.full_like(logits, eps / (K - 1))
    target[torch.arange(len(y)), y] = 1 - eps
    return F.cross_entropy(logits, target)
