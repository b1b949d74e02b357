# fails: label_losses — "1 means yes"
# base: solution
def yes_or_no(outputs, targets):
    return F.binary_cross_entropy_with_logits(outputs, 1 - targets.float().reshape(outputs.shape))
