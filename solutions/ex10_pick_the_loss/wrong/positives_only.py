# fails: label_losses — "counts only the yeses"
# base: solution
def yes_or_no(outputs, targets):
    y = targets.float().reshape(outputs.shape)
    return -(y * F.logsigmoid(outputs)).mean()
