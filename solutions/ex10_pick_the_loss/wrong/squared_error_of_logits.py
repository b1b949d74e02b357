# fails: label_losses — "A distance between"
# base: solution
def yes_or_no(outputs, targets):
    return F.mse_loss(outputs, targets.float().reshape(outputs.shape))
