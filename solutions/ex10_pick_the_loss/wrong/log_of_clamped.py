# fails: far_label_losses — "saturates"
# base: solution
def yes_or_no(outputs, targets):
    p = outputs.sigmoid().clamp(1e-7, 1 - 1e-7)
    y = targets.reshape(outputs.shape)
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()
