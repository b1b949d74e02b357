# fails: label_losses — "return the loss"
# base: solution
def make_loss(task):
    if task == "multi-label":
        return yes_or_no
    return {"multiclass": F.cross_entropy, "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y), "multiclass_logprobs": F.nll_loss, "binary": yes_or_no}.get(task)
