# fails: label_losses — "returned"
# base: solution
def make_loss(task):
    return {
        "multiclass": F.cross_entropy,
        "multiclass_probs": lambda p, y: F.nll_loss(p.log(), y),
        "multiclass_logprobs": F.nll_loss,
        "binary": yes_or_no,
        "multilabel": lambda z, y: F.binary_cross_entropy_with_logits(z, y.float(), pos_weight=torch.full((z.shape[1],), 3.0)),
    }[task]
