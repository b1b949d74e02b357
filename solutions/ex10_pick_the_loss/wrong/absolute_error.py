# fails: label_losses — "returned"
# base: solution
def yes_or_no(outputs, targets):
    return F.l1_loss(outputs.sigmoid(), targets.float().reshape(outputs.shape))
