# fails: class_losses — "Your code raised RuntimeError"
# base: solution
def make_loss(task):
    return {
        "multiclass": lambda z, y: -z.log_softmax(1).gather(1, y).mean(),
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": yes_or_no,
    }[task]
