# fails: class_losses, known_probabilities — "must run over the classes"
# base: solution
def make_loss(task):
    return {
        "multiclass": lambda z, y: F.nll_loss(z.log_softmax(0), y),
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]


def activation(task, outputs):
    if task == "multiclass":
        return outputs.softmax(0)
    if task == "multiclass_probs":
        return outputs
    if task == "multiclass_logprobs":
        return outputs.exp()
    if task == "binary":
        return outputs.sigmoid()
    return outputs.sigmoid()
