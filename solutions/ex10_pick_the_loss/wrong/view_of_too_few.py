# fails: label_losses — "Your code raised RuntimeError"
# base: solution
def yes_or_no(outputs, targets):
    return F.binary_cross_entropy_with_logits(outputs, targets.float().view(2, -1, 7))
