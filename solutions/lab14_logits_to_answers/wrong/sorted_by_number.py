# fails: two_of_four — "You sorted the k classes by their number"
# base: solution
def top_k(logits, k):
    p = logits.softmax(dim=1)
    classes = p.topk(k, dim=1).indices.sort(dim=1).values
    return p.gather(1, classes), classes
