# fails: class_losses — "log-probabilities"
# base: solution
def make_loss(task):
    global TASK
    TASK = task
    return loss


TASK = None


def loss(outputs, targets):
    if TASK == "multiclass":
        return F.cross_entropy(outputs, targets)
    if TASK == "multiclass_probs":
        return F.nll_loss(outputs.log(), targets)
    if TASK == "multiclass_logprobs":
        return F.nll_loss(outputs, targets)
    return yes_or_no(outputs, targets)
