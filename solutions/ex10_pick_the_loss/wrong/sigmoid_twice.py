# fails: label_losses — "Sigmoid twice"
# base: solution
def yes_or_no(outputs, targets):
    return F.binary_cross_entropy_with_logits(outputs.sigmoid(), targets.float().reshape(outputs.shape))
