# fails: label_losses — "y.float()"
# base: solution
def yes_or_no(outputs, targets):
    return F.binary_cross_entropy_with_logits(outputs, targets.reshape(outputs.shape))
