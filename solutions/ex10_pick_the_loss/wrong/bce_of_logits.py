# fails: label_losses — "BCELoss takes probabilities"
# base: solution
def yes_or_no(outputs, targets):
    return F.binary_cross_entropy(outputs, targets.float().reshape(outputs.shape))
