# fails: label_losses — "mean over samples and labels"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": lambda z, y: F.binary_cross_entropy_with_logits(z, y.float(), reduction="none").sum(1).mean(),
    }[task]
