# fails: two_of_four — "It renormalises over k"
# base: solution
def top_k(logits, k):
    values, classes = logits.topk(k, dim=1)
    return values.softmax(dim=1), classes
