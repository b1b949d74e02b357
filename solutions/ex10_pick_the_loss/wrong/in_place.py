# fails: label_gradients — "change nothing in place"
# base: solution
def yes_or_no(outputs, targets):
    y = targets.reshape(outputs.shape)
    outputs.mul_(1.0 - 2 * y)
    return F.softplus(outputs).mean()
