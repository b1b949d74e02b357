# fails: known_weights — "You averaged within each class first"
# base: solution
def weighted_loss(logits, y, weights):
    losses = F.cross_entropy(logits, y, reduction="none")
    classes = y.unique()
    means = torch.stack([losses[y == c].mean() for c in classes])
    return (weights[classes] * means).sum() / weights[classes].sum()
