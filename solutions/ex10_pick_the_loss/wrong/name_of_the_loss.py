# fails: class_losses — "Return the loss itself"
# base: solution
def make_loss(task):
    return {
        "multiclass": "cross_entropy",
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]
