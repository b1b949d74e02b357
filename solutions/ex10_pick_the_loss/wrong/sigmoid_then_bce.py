# fails: far_label_losses — "saturates"
# base: solution
def yes_or_no(outputs, targets):
    return F.binary_cross_entropy(outputs.sigmoid(), targets.float().reshape(outputs.shape))
