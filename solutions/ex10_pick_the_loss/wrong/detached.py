# fails: label_gradients — "nothing is learned"
# base: solution
def yes_or_no(outputs, targets):
    return F.binary_cross_entropy_with_logits(outputs.detach(), targets.float().reshape(outputs.shape))
