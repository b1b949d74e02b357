# fails: two_of_four — "You sorted the k classes by their number"
# base: solution
def top_k(logits, k):
    p, classes = logits.softmax(dim=1).topk(k, dim=1)
    return p, classes.sort(dim=1).values
