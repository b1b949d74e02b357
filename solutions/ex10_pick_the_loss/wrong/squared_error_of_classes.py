# fails: class_losses — "for regression"
# base: solution
def make_loss(task):
    return {
        "multiclass": lambda z, y: F.mse_loss(z.softmax(1), F.one_hot(y, z.shape[1]).float()),
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]
