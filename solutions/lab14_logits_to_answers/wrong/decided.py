# fails: known_rows — "return the probability of every class"
# base: solution
def probabilities(logits):
    return logits.argmax(dim=1)


def top_k(logits, k):
    return logits.softmax(dim=1).topk(k, dim=1)
