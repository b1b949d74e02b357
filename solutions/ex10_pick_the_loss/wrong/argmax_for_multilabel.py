# fails: label_losses — "argmax keeps only one"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": lambda z, y: F.cross_entropy(z, y.argmax(1)),
    }[task]
