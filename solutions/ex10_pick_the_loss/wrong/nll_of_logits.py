# fails: class_losses — "take log_softmax of the logits first"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.nll_loss,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]
