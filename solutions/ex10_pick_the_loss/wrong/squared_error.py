# fails: label_losses — "for regression"
# base: solution
def yes_or_no(outputs, targets):
    return F.mse_loss(outputs.sigmoid(), targets.float().reshape(outputs.shape))
