# fails: far_label_losses — "overflows"
# base: solution
def yes_or_no(outputs, targets):
    y = targets.reshape(outputs.shape)
    return ((1 + outputs.exp()).log() - y * outputs).mean()
