# fails: far_class_losses — "its logarithm infinite"
# base: solution
def make_loss(task):
    return {
        "multiclass": lambda z, y: F.nll_loss(z.softmax(1).log(), y),
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]
