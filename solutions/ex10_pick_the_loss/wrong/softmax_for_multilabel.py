# fails: label_losses, known_probabilities — "Labels are independent"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": lambda z, y: -(y * z.log_softmax(1)).sum(1).mean(),
    }[task]


def activation(task, outputs):
    if task == "multiclass":
        return outputs.softmax(dim=1)
    if task == "multiclass_probs":
        return outputs
    if task == "multiclass_logprobs":
        return outputs.exp()
    if task == "binary":
        return outputs.sigmoid()
    return outputs.softmax(1)
