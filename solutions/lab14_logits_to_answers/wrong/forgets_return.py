# fails: known_rows — "hand the result back with `return`"
# base: solution
def probabilities(logits):
    logits.softmax(dim=1)


def top_k(logits, k):
    return logits.softmax(dim=1).topk(k, dim=1)
