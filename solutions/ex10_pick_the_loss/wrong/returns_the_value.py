# fails: class_losses, label_losses — "under another name"
# base: solution
del make_loss


def make_loss_(task, outputs, targets):
    return F.cross_entropy(outputs, targets)
