# fails: two_of_four — "You swapped the pair"
# base: solution
def top_k(logits, k):
    p, classes = logits.softmax(dim=1).topk(k, dim=1)
    return classes, p
