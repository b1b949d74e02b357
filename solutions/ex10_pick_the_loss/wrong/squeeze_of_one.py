# fails: label_gradients — "may hold a single sample"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": lambda z, y: F.binary_cross_entropy_with_logits(z.squeeze(), y.float()),
        "multilabel": yes_or_no,
    }[task]
